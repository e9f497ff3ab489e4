"""Attachments: small, real files with the same bytes on every machine."""

from generator.demo.story import Story

_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
    b" /Resources << /Font << /F 5 0 R >> >> >>"
)
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [6 0 R] >>"
)
_GLYPHS = (
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>"
)
_DESCRIPTOR = (
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
    b" /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
)


def pdf(title: str, lines: list[str]) -> bytes:
    """A page with a title and some lines, in a font that viewers have for Chinese."""
    rows = [f"/F 20 Tf 90 740 Td <{_hex(title)}> Tj /F 12 Tf 0 -20 Td"]
    rows += [f"0 -26 Td <{_hex(line)}> Tj" for line in lines]
    content = ("BT " + "\n".join(rows) + " ET").encode()
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    catalog, pages = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    return _assembled([catalog, pages, _PAGE, stream, _FONT, _GLYPHS, _DESCRIPTOR])


def _hex(text: str) -> str:
    return text.encode("utf-16-be").hex()


def _assembled(objects: list[bytes]) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(data))
    return data + table + trailer


def licence(story: Story, code: str | None) -> bytes:
    """The business licence, or the registration of a client abroad."""
    title = "公司注册文件（示例）" if story.client.abroad else "营业执照（示例）"
    lines = [
        story.client.name,
        f"统一社会信用代码：{code}" if code else "境外注册",
        "示例文件，内容均为虚构，不具任何效力",
    ]
    return pdf(title, lines)


def statements(story: Story, years: list[int]) -> bytes:
    """The statements of some years, a line for each."""
    rows = ["年度,营业收入（万元）,净利润（万元）,资产负债率（%）"]
    sales = sum(tonnes for tonnes in story.tonnes[next(iter(story.tonnes))]) // 3 + 2_600
    for year in years:
        sales = sales * (97 + year * 7 % 9) // 100
        rows.append(f"{year},{sales},{sales * (12 + year % 5) // 1000},{48 + (sales + year) % 19}")
    return ("\n".join(rows) + "\n").encode("utf-8-sig")
