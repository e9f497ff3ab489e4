"""Why the work cannot be done at all."""

import errno

_REASONS = {
    errno.EACCES: "没有权限",
    errno.EADDRINUSE: "这个端口已被占用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.EDQUOT: "超出磁盘配额",
    errno.EEXIST: "已有同名的文件或文件夹",
    errno.EFBIG: "文件太大",
    errno.EIO: "磁盘读写出错",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ELOOP: "符号链接不能跟随",
    errno.EMFILE: "打开的文件太多",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ENFILE: "打开的文件太多",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOSPC: "磁盘已满",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.ENOTEMPTY: "文件夹里还有别的文件",
    errno.EPERM: "不允许这样做",
    errno.EROFS: "磁盘是只读的",
    errno.ESTALE: "网络磁盘上的文件已不在原处",
}


class CannotJudge(Exception):
    """The work cannot be done at all (exit 2); the text is one line in Chinese."""


def reason(error: OSError) -> str:
    """Why the system refused something, in Chinese where that is known, else in the system's words."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
