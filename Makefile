# `make` alone lists the targets. Everything runs from .venv, which is made on first use from the locks.
# ARGS goes to the command behind a target: make check ARGS="--as-of 2026-11-20", make test ARGS="-k visits".

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve build check test bench torture fuzz screenshots lint format lock clean

VENV := .venv
BIN := $(VENV)/bin
UV ?= $(BIN)/uv

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
# Where it is set, every start of the program compiles all of it.
unexport PYTHONDONTWRITEBYTECODE

# The first Python on the machine that is new enough.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

can = $(shell "$(PYTHON)" -c 'import sys; sys.version_info >= (3, 11) or sys.exit(1); $(1)' 2>/dev/null && echo yes)

# Debian's names of what this machine lacks; empty where nothing is. A name is imported from ensurepip, because Debian
# may leave its empty folder behind, which imports as well.
lacking = $(strip \
	$(if $(shell command -v git 2>/dev/null),,git) \
	$(if $(call can,),$(if $(call can,from ensurepip import bootstrap),,python3-venv),python3 python3-venv))

help: ## 列出全部命令
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

serve: $(VENV)/.runtime ## 打开网站（保存记录后自动刷新）
	@$(BIN)/kam serve $(ARGS)

build: $(VENV)/.runtime ## 生成网站到 site/
	@$(BIN)/kam build $(ARGS)

check: $(VENV)/.runtime ## 检查 records/ 中的记录
	@$(BIN)/kam check $(ARGS)

# Two cores are used; the tests of a file share what they build. One after the other: make test BOTH=
BOTH := --numprocesses 2 --dist loadfile --no-loadscope-reorder

test: lint ## 运行全部检查和测试
	@$(BIN)/python -m pytest $(BOTH) $(ARGS)

# How many clients are measured.
SIZE ?= 1000

bench: $(VENV)/.dev ## 测量速度和大小，与 MkDocs、Hugo 比较（make bench SIZE=10000）
	@$(BIN)/python -m bench --size $(SIZE) $(ARGS)

torture: $(VENV)/.dev ## 反复打断网站的生成（断电、磁盘写满），看网站是否始终完整（ARGS=次数）
	@$(BIN)/python -m tests.torture $(ARGS)

fuzz: $(VENV)/.dev ## 用打乱的记录试读取、正文和检查，找出会出错的写法（十分钟；ARGS=秒数）
	@$(BIN)/python -m tests.fuzz $(ARGS)

screenshots: $(VENV)/.dev ## 重新截取 README 中的网站图片（要有 Chromium）
	@$(BIN)/python -m tests.screenshots

bless: $(VENV)/.dev ## 认可网站各页现在的内容（先看过页面，再用 git diff 核对 tests/blessed）
	@KAM_BLESS=1 $(BIN)/python -m pytest --quiet tests/test_blessed.py $(ARGS)

lint: $(VENV)/.dev ## 检查代码：格式、类型、模块之间的依赖
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(VENV)/.dev ## 整理代码格式
	@$(BIN)/ruff check --quiet --fix
	@$(BIN)/ruff format --quiet

# Resolved for the oldest Python that is promised, with markers for all later ones and all systems. Versions stay as they
# are where they can; ARGS=--upgrade takes the newest. The run-time lock follows the whole one, so that both agree.
COMPILE = $(UV) pip compile pyproject.toml --quiet --universal --python-version 3.11.2 --generate-hashes \
	--no-emit-index-url --custom-compile-command 'make lock' --group build

lock: $(VENV)/.dev ## 更新依赖的锁定文件（升级：make lock ARGS=--upgrade）
	@$(COMPILE) --group dev --output-file requirements-dev.lock $(ARGS)
	@$(COMPILE) --constraint requirements-dev.lock --output-file requirements.lock $(ARGS)

clean: ## 删除虚拟环境、网站和缓存
	@rm -rf $(VENV) site build .kam-cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache *.egg-info
	@find generator tests -name __pycache__ -prune -exec rm -rf {} +

# A virtual environment holds absolute paths and a link to its Python: where the folder was moved or copied, or that
# Python is gone, it is made anew.
ifneq ($(shell [ "$$(cat $(VENV)/.made-in 2>/dev/null)" = "$$(pwd -P)" ] && [ -x $(BIN)/python ] && echo yes),yes)
.PHONY: $(VENV)/.made-in
endif

$(VENV)/.made-in:
	$(if $(lacking),$(error 这台电脑缺少 $(lacking)，请先安装：sudo apt-get install $(lacking)（Debian 12；Python 要 3.11 或更新，装在别处时用 make PYTHON=路径）))
	@"$(PYTHON)" -m venv --clear $(VENV)
	@pwd -P > $@

# Wheels only: building a library from source would fetch build tools that no lock knows.
INSTALL = $(BIN)/python -m pip install --quiet --require-hashes --only-binary :all:
OFFLINE = { echo '依赖没有装上：请检查网络；公司有内部软件源时，先设置环境变量 PIP_INDEX_URL，再运行一次。' >&2; exit 1; }

$(VENV)/.runtime: $(VENV)/.made-in requirements.lock pyproject.toml
	@echo '正在安装依赖（第一次约需一分钟）……' >&2
	@$(INSTALL) -r requirements.lock || $(OFFLINE)
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	@echo '正在安装测试工具……' >&2
	@$(INSTALL) -r requirements-dev.lock || $(OFFLINE)
	@touch $@
