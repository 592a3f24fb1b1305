# lesdiplo. First half a map: what there is, and what is made from what.
# Second half a menu: what can be asked for. `make help` prints the menu.

CFLAGS ?= -O2 -g
CXXFLAGS ?= -O2 -g
CPPFLAGS ?=
LDFLAGS ?=
LUACHECK ?= luacheck
PREFIX ?= /usr/local
DESTDIR ?=
V ?= 0
JOBS ?= $(shell nproc 2>/dev/null || echo 1)
FUZZ_TIME ?= 60
FUZZ_JOBS ?= $(JOBS)
TARGETS ?=
GOLD ?= ../shared/gold

# The chain of rooms: each may use those before it (src/tools/rooms.sh).
ROOMS = base corpus mark read bind host cli
LUA_ROOMS = util grammar query statistics entity fact summary report script

# Debian packages: to build, to test, to lint, to fuzz, and for valgrind.
PACKAGES = g++ pkg-config liblua5.4-dev lua-lpeg lua-lpeg-dev libicu-dev \
  libmd4c-dev libstemmer-dev libexttextcat-dev libexttextcat-data \
  libsimdjson-dev libmd-dev libxxhash-dev libarchive-dev libreadline-dev \
  libxml2-dev libseccomp-dev
CHECK_PACKAGES = libcmocka-dev iso-codes
LINT_PACKAGES = clang clang-tidy cppcheck lua-check
FUZZ_PACKAGES = clang libclang-rt-14-dev
MEMCHECK_PACKAGES = valgrind libc6-dbg

VERSION := $(shell sed -n 's/^\#define LESDIPLO_VERSION "\(.*\)"/\1/p' \
  include/lesdiplo.h)
SONAME = liblesdiplo.so.0

GOALS := $(or $(MAKECMDGOALS),all)
MAKEFLAGS += --no-builtin-rules --no-print-directory -j$(JOBS)
ifneq ($(filter clean golden,$(GOALS)),)
.NOTPARALLEL:
endif
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:


# ------------------------------------------------------------- variants
# One tree of objects a variant; the goal says which one this run builds.

VARIANT := $(filter lint check-asan check-oom check-small fuzz,$(GOALS))
ifneq ($(word 2,$(VARIANT)),)
$(error $(VARIANT) are builds of their own: run make once for each)
endif

BUILD = build
EXTRA =
ifeq ($(VARIANT),lint)
BUILD = build/lint
EXTRA = -Werror
endif
ifneq ($(filter check-asan check-oom,$(VARIANT)),)
BUILD = build/asan
EXTRA = -O1 -fsanitize=address,undefined,float-cast-overflow \
  -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
ifeq ($(VARIANT),check-small)
BUILD = build/small
EXTRA = -DLD_SMALL
endif
ifeq ($(VARIANT),fuzz)
BUILD = build/fuzz
EXTRA = -fsanitize=fuzzer-no-link,address,undefined,float-cast-overflow \
  -fno-sanitize=function -fno-sanitize-recover=all -fno-omit-frame-pointer
CC = clang
CXX = clang++
endif


# --------------------------------------------------------- dependencies
# Packages that are missing stop the build with their names; `make deps`, and
# with it `make demo` and `make check`, installs them. What pkg-config knows
# lies in CONFIG; make reads it again whenever it has been made anew.

CONFIG = build/config.mk
WANTED := $(PACKAGES) \
  $(if $(filter lint check% golden deps,$(GOALS)),$(CHECK_PACKAGES)) \
  $(if $(filter lint,$(GOALS)),$(LINT_PACKAGES)) \
  $(if $(filter fuzz,$(GOALS)),$(FUZZ_PACKAGES)) \
  $(if $(filter check-valgrind,$(GOALS)),$(MEMCHECK_PACKAGES))

ifneq ($(filter-out clean help dist uninstall,$(GOALS)),)
MISSING := $(strip $(shell sh src/tools/deps.sh missing $(WANTED)))
ifneq ($(MISSING),)
ifeq ($(filter deps demo check%,$(GOALS)),)
$(error Debian packages are missing: $(MISSING). Run 'make \
$(strip deps $(filter lint fuzz,$(GOALS)))' to install them)
endif
ifneq ($(MAKE_RESTARTS),)
$(error still missing after their installation: $(MISSING). Install them by \
hand, with apt-get install)
endif
$(CONFIG): FORCE
endif
include $(CONFIG)
endif

LUA_PC = lua5.4
OTHER_PC = icu-i18n icu-uc md4c libexttextcat simdjson libmd libxxhash
TOOL_PC = libxml-2.0
$(CONFIG): Makefile src/tools/deps.sh
	@mkdir -p $(@D)
	@sh src/tools/deps.sh install $(WANTED)
	@pkg-config --print-errors --exists $(LUA_PC) $(OTHER_PC) \
	  $(TOOL_PC) || \
	  { echo "make: install what is named above (Debian: $(PACKAGES))" >&2; \
	    exit 1; }
	@{ echo "LUA_CFLAGS = $$(pkg-config --cflags $(LUA_PC))"; \
	   echo "LUA_LIBS = $$(pkg-config --libs $(LUA_PC))"; \
	   echo "LUA_PATH_DIR = $$(pkg-config --variable=INSTALL_LMOD $(LUA_PC))"; \
	   echo "OTHER_CFLAGS = $$(pkg-config --cflags $(OTHER_PC))"; \
	   echo "OTHER_LIBS = $$(pkg-config --libs $(OTHER_PC)) -lstemmer"; \
	   echo "TOOL_CFLAGS = $$(pkg-config --cflags $(TOOL_PC))"; \
	   echo "TOOL_LIBS = $$(pkg-config --libs $(TOOL_PC))"; \
	 } >$@


# ---------------------------------------------------------------- flags

WARNINGS = -Wall -Wextra -Wshadow -Wconversion -Wwrite-strings -Wundef \
  -Wcast-qual -Wvla -Wformat=2
C_WARNINGS = $(WARNINGS) -Wstrict-prototypes -Wmissing-prototypes
BASIC = -D_GNU_SOURCE -Iinclude -Isrc -I$(BUILD)/gen -fPIC \
  -fvisibility=hidden $(LUA_CFLAGS) $(OTHER_CFLAGS) $(CPPFLAGS)
C_FLAGS = -std=c11 $(BASIC) $(C_WARNINGS) $(CFLAGS) $(EXTRA)
CXX_FLAGS = -std=c++17 -fno-exceptions -fno-rtti $(BASIC) $(WARNINGS) \
  $(CXXFLAGS) $(EXTRA)
LD_FLAGS = -Wl,--as-needed $(LDFLAGS) $(filter -fsanitize=%,$(EXTRA))
SYSTEM_LIBS = -lstdc++ -lpthread -lm
LIBS = $(OTHER_LIBS) $(LUA_LIBS) $(SYSTEM_LIBS)

# The program has a Lua of its own, which runs scripts 5 to 10 % faster than the
# shared one does; those who embed the library bring theirs.
PROGRAM_LIBS = $(OTHER_LIBS) $(shell $(CC) -print-file-name=liblua5.4.a) \
  $(SYSTEM_LIBS) -lreadline

# LPeg comes from its archive; what it exports is hidden below.
LPEG = $(shell $(CC) -print-file-name=liblua5.4-lpeg.a)
RE_LUA = $(LUA_PATH_DIR)/re.lua

ifeq ($(V),0)
say = @echo "  $(1)	$(patsubst $(BUILD)/%,%,$@)";
endif


# ---------------------------------------------------------------- files

LIB_ROOMS = $(filter-out cli,$(ROOMS))
LIB_SOURCES := $(foreach room,$(LIB_ROOMS),$(wildcard $(addprefix src/$(room)/,*.c *.cc */*.c */*.cc)))
CLI_SOURCES := $(wildcard src/cli/*.c src/cli/*/*.c)
UNIT_SOURCES := $(wildcard tests/unit/*.c)
TOOL_SOURCES := $(wildcard tests/tool/*.c)
FUZZ_SOURCES := $(wildcard tests/fuzz/*.c)
OOM_SOURCES := $(wildcard tests/oom/*.c)
LUA_SOURCES := $(shell find lua -name '*.lua' ! -path 'lua/lesdiplo/meta/*' \
  2>/dev/null | LC_ALL=C sort)
LUA_DATA := $(wildcard lua/lesdiplo/data/*.txt)
ENTITY_DATA := $(sort $(wildcard lua/lesdiplo/data/entities/*.txt))

object = $(patsubst %,$(BUILD)/%.o,$(basename $(1)))
LIB_OBJECTS = $(call object,$(LIB_SOURCES)) $(BUILD)/gen/embedded.o \
  $(BUILD)/gen/gazetteer.o
CLI_OBJECTS = $(call object,$(CLI_SOURCES))
UNIT_PROGRAMS = $(UNIT_SOURCES:%.c=$(BUILD)/%)
TOOL_PROGRAMS = $(TOOL_SOURCES:%.c=$(BUILD)/%)
FUZZ_PROGRAMS = $(FUZZ_SOURCES:%.c=$(BUILD)/%)
OOM_PROGRAM = $(BUILD)/tests/oom/sweep
TEST_PROGRAMS = $(UNIT_PROGRAMS) $(TOOL_PROGRAMS) $(FUZZ_PROGRAMS) \
  $(OOM_PROGRAM)
PRODUCTS = $(BUILD)/lesdiplo $(BUILD)/liblesdiplo.a $(BUILD)/$(SONAME)


# ---------------------------------------------------------------- rules

# The C compiler's line, kept so that other flags mean another build.
$(BUILD)/.flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(CXX) $(C_FLAGS) $(CXX_FLAGS) $(LD_FLAGS)' | \
	  cmp -s - $@ || echo '$(CC) $(CXX) $(C_FLAGS) $(CXX_FLAGS) $(LD_FLAGS)' >$@

$(BUILD)/%.o: %.c $(BUILD)/.flags | $(BUILD)/gen/embedded.h $(BUILD)/gen/han.h \
    $(BUILD)/gen/entities.h $(BUILD)/gen/filter.h
	@mkdir -p $(@D)
	$(call say,cc)$(CC) $(C_FLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/%.o: %.cc $(BUILD)/.flags | $(BUILD)/gen/embedded.h
	@mkdir -p $(@D)
	$(call say,c++)$(CXX) $(CXX_FLAGS) -MMD -MP -c -o $@ $<

# The Lua library, as bytecode inside ours. The tool runs here and now: it is
# built without the variant's flags.
build/tools/embed: src/tools/embed.c
	@mkdir -p $(@D)
	$(call say,cc)$(CC) -std=c11 $(C_WARNINGS) $(LUA_CFLAGS) -O1 -o $@ $< \
	  $(LUA_LIBS)

$(BUILD)/gen/embedded.c $(BUILD)/gen/embedded.h &: build/tools/embed \
    $(LUA_SOURCES) $(LUA_DATA) $(BUILD)/.lua
	@mkdir -p $(@D)
	$(call say,embed)build/tools/embed $(BUILD)/gen $(LUA_SOURCES) $(LUA_DATA) \
	  re=$(RE_LUA)

# Traditional Han characters and what they fold to, from ICU.
build/tools/han: src/tools/han.c
	@mkdir -p $(@D)
	$(call say,cc)$(CC) -std=c11 $(C_WARNINGS) -O1 -o $@ $< $(OTHER_LIBS)

$(BUILD)/gen/han.h: build/tools/han
	@mkdir -p $(@D)
	$(call say,han)build/tools/han $@

# Named character references, from libxml2, which the program does not need.
build/tools/entities: src/tools/entities.c
	@mkdir -p $(@D)
	$(call say,cc)$(CC) -std=c11 $(C_WARNINGS) $(TOOL_CFLAGS) -O1 -o $@ $< \
	  $(TOOL_LIBS) $(OTHER_LIBS)

$(BUILD)/gen/entities.h: build/tools/entities
	@mkdir -p $(@D)
	$(call say,names)build/tools/entities $@

# What a worker may call, as the kernel reads it, from libseccomp, which the
# program does not need.
build/tools/filter: src/tools/filter.c
	@mkdir -p $(@D)
	$(call say,cc)$(CC) -std=c11 -D_GNU_SOURCE $(C_WARNINGS) -O1 -o $@ $< \
	  -lseccomp

$(BUILD)/gen/filter.h: build/tools/filter
	@mkdir -p $(@D)
	$(call say,filter)build/tools/filter $@

# Names of countries and currencies, from ICU. What it prints is kept, since it
# changes with ICU (`make countries`).
build/tools/countries: src/tools/countries.c
	@mkdir -p $(@D)
	$(call say,cc)$(CC) -std=c11 -D_GNU_SOURCE $(C_WARNINGS) -O1 -o $@ $< \
	  $(OTHER_LIBS)

# The tables of entities, with the trie of their names. The tool is made of our own
# objects, for it reads as scripts' tables are read.
GAZETTEER_OBJECTS = $(call object,src/tools/gazetteer.c \
  $(filter $(addprefix src/,$(addsuffix /%,base corpus mark)),$(LIB_SOURCES)))
$(BUILD)/tools/gazetteer: $(GAZETTEER_OBJECTS) $(BUILD)/gen/embedded.o
	@mkdir -p $(@D)
	$(call say,ld)$(CC) $(LD_FLAGS) -o $@ $^ $(LIBS)

$(BUILD)/gen/gazetteer.c: $(BUILD)/tools/gazetteer $(ENTITY_DATA) $(BUILD)/.lua
	@mkdir -p $(@D)
	$(call say,tables)$(BUILD)/tools/gazetteer $@ $(ENTITY_DATA)

# The list of Lua files: one that is gone has to go from the binary, too.
$(BUILD)/.lua: FORCE
	@mkdir -p $(@D)
	@echo '$(LUA_SOURCES) $(LUA_DATA) $(ENTITY_DATA)' | cmp -s - $@ || \
	  echo '$(LUA_SOURCES) $(LUA_DATA) $(ENTITY_DATA)' >$@

$(BUILD)/gen/%.o: $(BUILD)/gen/%.c $(BUILD)/.flags
	$(call say,cc)$(CC) $(C_FLAGS) -MMD -MP -c -o $@ $<

# All of the library and of LPeg in one object, in which only our public names
# are left: an embedder's own `match` or `compile` cannot meet LPeg's.
PUBLIC = lesdiplo_* luaopen_lesdiplo*
$(BUILD)/lesdiplo.o: $(LIB_OBJECTS)
	$(call say,ld)$(LD) -r --force-group-allocation -o $@.all $^ $(LPEG) && \
	  objcopy --wildcard $(PUBLIC:%=--keep-global-symbol='%') $@.all $@ && \
	  rm -f $@.all

# The linker has names of its own to hide (_end, __bss_start).
$(BUILD)/exports.map: Makefile
	@mkdir -p $(@D)
	@echo '{ global: $(PUBLIC:%=%;) local: *; };' >$@

$(BUILD)/liblesdiplo.a: $(BUILD)/lesdiplo.o
	$(call say,ar)rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/$(SONAME): $(BUILD)/lesdiplo.o $(BUILD)/exports.map
	$(call say,ld)$(CC) -shared -Wl,-soname,$(SONAME) \
	  -Wl,--version-script=$(BUILD)/exports.map \
	  $(if $(filter -fsanitize=%,$(EXTRA)),,-Wl,-z,defs) $(LD_FLAGS) -o $@ \
	  $< $(LIBS)

$(BUILD)/lesdiplo: $(CLI_OBJECTS) $(BUILD)/liblesdiplo.a
	$(call say,ld)$(CC) $(LD_FLAGS) -o $@ $^ $(PROGRAM_LIBS)

# Unit tests see what rooms see of each other, so they take the plain objects.
# Some make archives.
$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(LIB_OBJECTS)
	$(call say,ld)$(CC) $(LD_FLAGS) -o $@ $^ $(LPEG) $(LIBS) -lcmocka -larchive

# So does this one, which measures a core that only scripts reach.
BENCH_PROGRAMS = $(BUILD)/tests/bench/names
$(BENCH_PROGRAMS): %: %.o $(LIB_OBJECTS)
	$(call say,ld)$(CC) $(LD_FLAGS) -o $@ $^ $(LPEG) $(LIBS)

# What tests use; nothing of ours is in it.
$(BUILD)/tests/tool/%: $(BUILD)/tests/tool/%.o
	$(call say,ld)$(CC) $(LD_FLAGS) -o $@ $^ -lseccomp

# Fuzz targets: with libFuzzer's main, or with one that replays what is stored. Private:
# the tool that makes our tables has a main of its own.
FUZZ_MAIN = $(BUILD)/tests/fuzz/replay/main.o
ifeq ($(VARIANT),fuzz)
FUZZ_MAIN =
$(FUZZ_PROGRAMS): private LD_FLAGS += -fsanitize=fuzzer
# What checks is not what is to be reached: it runs faster without counters.
$(FUZZ_PROGRAMS:%=%.o): C_FLAGS += -fno-sanitize=fuzzer-no-link
endif
$(BUILD)/tests/fuzz/pdf: private LD_FLAGS += -Wl,--wrap=ld_helper_run
$(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(FUZZ_MAIN) $(LIB_OBJECTS)
	$(call say,ld)$(CC) $(LD_FLAGS) -o $@ $^ $(LPEG) $(LIBS)

# What our objects ask of these goes through tests/oom/fail.c.
REFUSED = malloc calloc realloc free strdup mmap mprotect munmap
$(OOM_PROGRAM): $(call object,$(OOM_SOURCES)) $(LIB_OBJECTS)
	$(call say,ld)$(CC) $(LD_FLAGS) $(REFUSED:%=-Wl,--wrap=%) -o $@ $^ \
	  $(LPEG) $(LIBS)

-include $(patsubst %.o,%.d,$(LIB_OBJECTS) $(CLI_OBJECTS) $(GAZETTEER_OBJECTS) \
  $(call object,$(UNIT_SOURCES) $(TOOL_SOURCES) $(FUZZ_SOURCES) \
    $(OOM_SOURCES)) $(FUZZ_MAIN) $(BENCH_PROGRAMS:%=%.o))


# ================================================================= menu

.DEFAULT_GOAL = all
.PHONY: FORCE all deps demo repl check check-asan check-small check-oom \
  check-valgrind fuzz \
  bench scores golden countries lint install uninstall dist clean help

## all          build/lesdiplo, build/liblesdiplo.a and .so (the default)
all: $(PRODUCTS)

## deps         install the Debian packages that are missing (`make deps lint`,
##              `make deps fuzz`: those that these need, too)
deps:
	@echo "every package is there: $(strip $(WANTED))"

## demo         a brief of each document in seeds/, after deps and all
demo: $(BUILD)/lesdiplo
	@$(BUILD)/lesdiplo -c seeds examples/2-brief.lua

## repl         explore seeds/ at a prompt
repl: $(BUILD)/lesdiplo
	@$(BUILD)/lesdiplo -c seeds

## check        the whole suite, after deps and all; ends `N passed, N failed`
## check-asan   the same with address and undefined-behaviour sanitizers
## check-small  the same with shrunken constants: every growth path runs
check check-asan check-small: $(PRODUCTS) $(TEST_PROGRAMS) \
    build/tools/countries
	@sh tests/run.sh $(BUILD)

## check-valgrind  the same under valgrind, an hour or so: a wrong use of memory
##              in any process has failed
check-valgrind: $(PRODUCTS) $(TEST_PROGRAMS)
	@MEMCHECK=1 sh tests/run.sh $(BUILD) unit lua spec golden fault fuzz

## check-oom    refuses every allocation of ours in turn, under the sanitizers;
##              check tries some of them
check-oom: $(OOM_PROGRAM)
	@$(OOM_PROGRAM) --all tests/oom/corpus

## fuzz         each fuzz target for FUZZ_TIME seconds, FUZZ_JOBS at a time;
##              TARGETS="text json" chooses. Ends `N targets, N finds`
fuzz: $(FUZZ_PROGRAMS)
	@sh tests/fuzz/run.sh $(BUILD) $(FUZZ_TIME) $(FUZZ_JOBS) $(TARGETS)

## bench        time and memory against peers, as ratios
bench: $(PRODUCTS) $(BENCH_PROGRAMS)
	@sh tests/bench/run.sh $(BUILD)

## scores       dates and amounts against the value sets in GOLD/values, plainly and
##              as far as they can be compared (tests/score/values.py says how)
scores: $(PRODUCTS)
	@python3 tests/score/values.py $(BUILD)/lesdiplo $(GOLD)/values/*.jsonl

## golden       write the expected outputs in tests/golden anew, and show what
##              changes: read it before you keep it
golden: $(BUILD)/lesdiplo
	@WRITE_GOLDEN=1 sh tests/run.sh $(BUILD)

## countries    write lua/lesdiplo/data/entities/countries.txt anew from ICU, and
##              show what changes: read it before you keep it
COUNTRIES = lua/lesdiplo/data/entities/countries.txt
countries: build/tools/countries
	@build/tools/countries >$(BUILD)/countries.txt
	@diff -u $(COUNTRIES) $(BUILD)/countries.txt || \
	  cp $(BUILD)/countries.txt $(COUNTRIES)

## lint         rooms, exported names, headers alone, warnings, clang-tidy,
##              cppcheck, luacheck
LINTS = $(addprefix lint-,rooms names headers clang tidy cppcheck lua)
.PHONY: $(LINTS)
lint: $(LINTS)
	@echo "lint: nothing to say"

C_SOURCES = $(filter %.c,$(LIB_SOURCES)) $(CLI_SOURCES) $(UNIT_SOURCES) \
  $(TOOL_SOURCES) $(wildcard src/tools/*.c)
CLANG_FLAGS = -std=c11 $(BASIC) $(TOOL_CFLAGS) $(C_WARNINGS) -Werror
lint-rooms:
	@sh src/tools/rooms.sh "$(ROOMS)" "$(LUA_ROOMS)"
lint-names: $(PRODUCTS) $(UNIT_PROGRAMS) $(TOOL_PROGRAMS)
	@sh src/tools/names.sh $(BUILD)/$(SONAME) $(BUILD)/liblesdiplo.a \
	  $(LIB_OBJECTS)
lint-headers:
	@for header in include/*.h; do \
	  $(CC) -std=c99 -pedantic-errors -Wall -Wextra -Werror -fsyntax-only \
	    -Iinclude $(LUA_CFLAGS) -x c $$header && \
	  $(CXX) -std=c++11 -pedantic-errors -Wall -Wextra -Werror \
	    -fsyntax-only -Iinclude $(LUA_CFLAGS) -x c++ $$header || \
	  { echo "lint: $$header must compile alone, as C99 and as C++" >&2; \
	    exit 1; }; \
	done
lint-clang lint-tidy: $(BUILD)/gen/embedded.h $(BUILD)/gen/han.h \
    $(BUILD)/gen/entities.h $(BUILD)/gen/filter.h
lint-clang:
	@clang $(CLANG_FLAGS) -fsyntax-only $(C_SOURCES)
	@for file in $(filter %.cc,$(LIB_SOURCES)); do \
	  clang++ $(CXX_FLAGS) -fsyntax-only $$file || exit 1; \
	done
lint-tidy:
	@echo $(C_SOURCES) | tr ' ' '\n' | xargs -P 2 -I FILE sh -c \
	  'trap "rm -f $(BUILD)/tidy.$$$$" EXIT; \
	   clang-tidy --quiet FILE -- $(CLANG_FLAGS) 2>$(BUILD)/tidy.$$$$ || \
	   { grep -v "warnings* generated" $(BUILD)/tidy.$$$$; exit 1; }'
lint-cppcheck:
	@cppcheck -q -j 2 --std=c11 --language=c --library=gnu \
	  --enable=warning,performance,portability --inline-suppr \
	  --error-exitcode=1 --suppress=missingIncludeSystem -Iinclude -Isrc \
	  -D_GNU_SOURCE -D__GNUC__ $(C_SOURCES)
lint-lua:
	@$(LUACHECK) -q --no-color lua examples $(wildcard tests/lua)

## install      into $(DESTDIR)$(PREFIX), by default /usr/local
LIBDIR = $(DESTDIR)$(PREFIX)/lib
DATADIR = $(DESTDIR)$(PREFIX)/share/lesdiplo
install: $(PRODUCTS)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include \
	  $(LIBDIR)/pkgconfig $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DATADIR)/seeds $(DATADIR)/examples
	install $(BUILD)/lesdiplo $(DESTDIR)$(PREFIX)/bin/lesdiplo
	install -m 644 include/lesdiplo.h include/lesdiplo_lua.h \
	  $(DESTDIR)$(PREFIX)/include
	install -m 644 $(BUILD)/liblesdiplo.a $(LIBDIR)
	install -m 644 $(BUILD)/$(SONAME) $(LIBDIR)/liblesdiplo.so.$(VERSION)
	ln -sf liblesdiplo.so.$(VERSION) $(LIBDIR)/$(SONAME)
	ln -sf $(SONAME) $(LIBDIR)/liblesdiplo.so
	printf '%s\n' 'prefix=$(PREFIX)' 'includedir=$${prefix}/include' \
	  'libdir=$${prefix}/lib' '' 'Name: lesdiplo' \
	  'Description: reads diplomatic documents and runs Lua scripts over them' \
	  'Version: $(VERSION)' 'Cflags: -I$${includedir}' \
	  'Libs: -L$${libdir} -llesdiplo' 'Libs.private: $(LIBS)' \
	  >$(LIBDIR)/pkgconfig/lesdiplo.pc
	test ! -f src/cli/lesdiplo.1 || install -m 644 src/cli/lesdiplo.1 \
	  $(DESTDIR)$(PREFIX)/share/man/man1
	cp -R seeds/. $(DATADIR)/seeds
	cp -R examples/. $(DATADIR)/examples

## uninstall    take away what install put there
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/lesdiplo \
	  $(DESTDIR)$(PREFIX)/include/lesdiplo.h \
	  $(DESTDIR)$(PREFIX)/include/lesdiplo_lua.h \
	  $(LIBDIR)/liblesdiplo.a $(LIBDIR)/liblesdiplo.so \
	  $(LIBDIR)/$(SONAME) $(LIBDIR)/liblesdiplo.so.$(VERSION) \
	  $(LIBDIR)/pkgconfig/lesdiplo.pc \
	  $(DESTDIR)$(PREFIX)/share/man/man1/lesdiplo.1
	rm -rf $(DATADIR)

## dist         build/lesdiplo-VERSION.tar.gz, the same bytes for the same files
DIST = .ci .clang-tidy .gitignore .luacheckrc LICENSE Makefile README.md \
  examples include lua seeds src tests
dist:
	@mkdir -p build
	tar -cf - --sort=name --owner=0 --group=0 --numeric-owner --mode=u+rw,go+rX \
	  --mtime=@$${SOURCE_DATE_EPOCH:-0} \
	  --transform='s,^,lesdiplo-$(VERSION)/,' $(wildcard $(DIST)) | \
	  gzip -9n >build/lesdiplo-$(VERSION).tar.gz

## clean        remove build/
clean:
	rm -rf build

## help         this list
help:
	@sed -n 's/^## \{0,1\}//p' Makefile
	@echo "Variables: CC CXX CFLAGS CXXFLAGS CPPFLAGS LDFLAGS PREFIX DESTDIR" \
	  "JOBS FUZZ_TIME FUZZ_JOBS TARGETS GOLD; V=1 shows commands"
