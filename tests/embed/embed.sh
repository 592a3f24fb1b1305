#!/bin/sh
# The library as an embedder meets it: installed into an empty folder, found by
# pkg-config, linked once from the .so and once from the .a. Builds and runs
# examples/embed/minimal.c, the program in the first comment of lesdiplo.h, and
# one that has functions called as LPeg calls its own. Run by tests/run.sh.
set -u
folder=$WORK
passed=0 failed=0
if [ "$BUILD" != build ]; then
  echo "only the ordinary build is installed"
  echo "0 passed, 0 failed"
  exit 0
fi
CC=${CC:-cc} CXX=${CXX:-c++}
strict="-std=c99 -Wall -Wextra -Werror -O1"

# check NAME COMMAND...: the command must succeed; else its output is shown.
check () {
  name=$1
  shift
  if "$@" >"$folder/log" 2>&1; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $name: $*"
    sed 's/^/  /' "$folder/log"
  fi
}

# says FILE TEXT: the file has that text in it.
says () {
  grep -qF -- "$2" "$1" || { cat "$1"; echo "missing: $2"; return 1; }
}

unset MAKEFLAGS MFLAGS MAKELEVEL
check install make install DESTDIR="$folder/root" PREFIX=/usr
usr=$folder/root/usr
for file in bin/lesdiplo include/lesdiplo.h include/lesdiplo_lua.h \
    lib/liblesdiplo.so lib/liblesdiplo.a lib/pkgconfig/lesdiplo.pc \
    share/man/man1/lesdiplo.1 share/lesdiplo/seeds/1-anniversary.txt; do
  check "installed $file" test -s "$usr/$file"
done
check "installed program, its own seeds" sh -c "cd / &&
  '$usr/bin/lesdiplo' -e 'print(#corpus)' | grep -qx '[1-9][0-9]*'"

check "installed program, a way out" sh -c "cd / && for name in io package.loaded \\
    debug.getregistry dofile; do ! '$usr/bin/lesdiplo' -e \"return \$name.x\" || exit 1; done"

# The .pc file names /usr; the sysroot says where that lies today.
export PKG_CONFIG_PATH="$usr/lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$folder/root"
export PKG_CONFIG_ALLOW_SYSTEM_CFLAGS=1 PKG_CONFIG_ALLOW_SYSTEM_LIBS=1
export LD_LIBRARY_PATH="$usr/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
check "pkg-config finds it" pkg-config --exists lesdiplo
cflags=$(pkg-config --cflags lesdiplo)
shared=$(pkg-config --libs lesdiplo)
# The libraries below ours lie in the real system, not under the sysroot.
below=$(sed -n 's/^Libs.private: //p' "$usr/lib/pkgconfig/lesdiplo.pc")
static="$usr/lib/liblesdiplo.a $below"

# build NAME SOURCE: from the .so, and from the .a.
build () {
  # shellcheck disable=SC2086  # flags are lists of words
  check "$1, shared" $CC $strict $cflags "$2" -o "$folder/$1-so" $shared
  # shellcheck disable=SC2086
  check "$1, static" $CC $strict $cflags "$2" -o "$folder/$1-a" $static
}

build minimal examples/embed/minimal.c

# The program that the header shows, as it stands there.
sed -n '/^\*\*     #include <stdio.h>/,/^\*\*     }$/s/^\*\* \{0,5\}//p' \
  include/lesdiplo.h >"$folder/header.c"
check "the header shows a program" grep -q 'int main' "$folder/header.c"
build header "$folder/header.c"

# Functions that bear the names of LPeg's: they are the embedder's, and LPeg's
# are LPeg's, even when the program exports its own.
cat >"$folder/clash.c" <<'END'
#include <stdio.h>
#include <string.h>
#include <lesdiplo.h>
int match (void);
int compile (void);
int type (void);
int match (void) { return 1; }
int compile (void) { return 2; }
int type (void) { return 3; }
int main (void) {
  static const char script[] =
      "local p = lpeg.C(lpeg.R'az'^1) * -1\n"
      "assert(p:match'word' == 'word' and lpeg.type(p) == 'pattern')\n"
      "print(type(p), re.match('ab', '{.}'))\n";
  lesdiplo_host *host;
  lesdiplo_error error;
  if (lesdiplo_host_new(&host, NULL, NULL, &error) ||
      lesdiplo_host_run(host, script, strlen(script), "=(clash)", NULL, 0,
                        &error)) {
    fprintf(stderr, "%s\n", error.message);
    return 1;
  }
  lesdiplo_host_free(host);
  printf("%d%d%d\n", match(), compile(), type());
  return 0;
}
END
strict="$strict -rdynamic" build clash "$folder/clash.c"

# Tables of entities; and options as an older header had them, without.
printf 'id,kind,name\nBASIN,org,Basin Bureau\n,org,x\n' >"$folder/own.csv"
cat >"$folder/entities.c" <<'END'
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <lesdiplo.h>
static int run (lesdiplo_host_options *options, const char *wanted) {
  char script[160];
  lesdiplo_host *host;
  lesdiplo_error error;
  int code = lesdiplo_host_new(&host, NULL, options, &error);
  sprintf(script, "assert(tostring(lesdiplo.entity 'BASIN') == '%s')", wanted);
  if (code == LESDIPLO_OK)
    code = lesdiplo_host_run(host, script, strlen(script), "=(entities)", NULL,
                             0, &error);
  if (code) printf("%s: %s\n", error.where, error.message);
  lesdiplo_host_free(host);
  return code;
}
int main (int argc, char **argv) {
  lesdiplo_host_options options = LESDIPLO_HOST_INIT;
  const char *paths[] = { argc > 1 ? argv[1] : "", "no-such.jsonl", "own.xml" };
  options.entities = paths;
  options.entity_count = 1;
  if (run(&options, "Basin Bureau (org BASIN)")) return 1;
  options.entity_count = 2;
  if (run(&options, "") != LESDIPLO_EIO) return 2;
  options.entity_count = 3;
  if (run(&options, "") != LESDIPLO_EARG) return 3;
  options.size = offsetof(lesdiplo_host_options, entities);
  return run(&options, "nil") != LESDIPLO_OK;
}
END
# shellcheck disable=SC2086
check "entities, built" $CC $strict $cflags "$folder/entities.c" \
  -o "$folder/entities" $shared
check "entities" sh -c "'$folder/entities' '$folder/own.csv' >'$folder/entities.out' 2>&1"
check "their warning" says "$folder/entities.out" "own.csv:3: a row has an id"
check "their failure" says "$folder/entities.out" "no-such.jsonl: cannot be read"
check "their refusal" says "$folder/entities.out" "own.xml: is no table of entities"

# A stranger's script: what it prints, what it asks for, what it may not.
echo "inside" >"$folder/granted.txt"
cat >"$folder/isolated.c" <<'END'
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <lesdiplo.h>
static char printed[1000];
static int asked, agrees, used;
static int take (void *data, const char *bytes, size_t n) {
  (void)data;
  strncat(printed, bytes, n);
  return 0;
}
static int ask (void *data, const lesdiplo_request *request) {
  (void)data;
  asked += request->count == 1 && !strcmp(request->name, "reads") &&
           request->rights[0].kind == LESDIPLO_RIGHT_READ;
  return agrees;
}
static void hear (void *data, const lesdiplo_right *right) {
  (void)data;
  used += !right->denied;
}
static int run (lesdiplo_run_options *options, const char *chunk) {
  lesdiplo_error error;
  int code;
  printed[0] = '\0';
  options->host.write = take;
  options->chunk = chunk;
  options->length = strlen(chunk);
  options->name = "=(isolated)";
  code = lesdiplo_run_isolated(options, &error);
  if (code) printf("%s\n", error.message);
  return code;
}
static int expect (const char *wanted) { return strcmp(printed, wanted) != 0; }
static void fails (void *data, const lesdiplo_doc *doc, const lesdiplo_error *error) {
  sprintf(data, "%s:%u", lesdiplo_doc_id(doc), (unsigned)error->line);
}
/* A sample of the documents; one in which the script fails. */
static int documents (void) {
  static const char records[] = "{\"id\": \"a\", \"text\": \"One.\"}\n"
    "{\"id\": \"b\", \"text\": \"Two.\"}\n{\"id\": \"c\", \"text\": \"Three.\"}\n";
  static const char walk[] = "for doc in corpus:docs() do\n"
    "print(doc.id) if doc.id == 'b' then error 'no' end end";
  static const uint32_t sample[] = { 2, 1, 70 };
  lesdiplo_run_options options = LESDIPLO_RUN_INIT;
  lesdiplo_corpus *corpus;
  char failed[300] = "";
  int code = 0;
  if (lesdiplo_corpus_read(&corpus, "r.jsonl", records, sizeof records - 1,
                           NULL, NULL)) return 20;
  options.corpus = corpus;
  if (run(&options, walk) != LESDIPLO_ESCRIPT || expect("a\nb\n")) code = 21;
  options.failed = fails;
  options.failed_data = failed;
  if (run(&options, walk) || expect("a\nc\n") || strcmp(failed, "b:2")) code = 22;
  options.sample = sample;
  options.sample_count = 3;
  if (run(&options, walk) || expect("c\n")) code = 23;
  options.failed = NULL;
  if (run(&options, walk) != LESDIPLO_ESCRIPT || expect("b\n")) code = 24;
  options.sample_count = 0;
  if (run(&options, walk) || expect("")) code = 25;
  lesdiplo_corpus_close(corpus);
  if (!code) puts("all is well");
  return code;
}
int main (int argc, char **argv) {
  static char header[1000];
  lesdiplo_run_options options = LESDIPLO_RUN_INIT, older = options;
  lesdiplo_right right = { LESDIPLO_RIGHT_READ, 0, NULL };
  lesdiplo_host *host;
  lesdiplo_error error;
  if (argc < 2) return 99;
  sprintf(header, "--[==[ lesdiplo-script 1\nname = \"reads\"\n[needs]\n"
          "read = [\"%s\"]\n]==]\nprint(files.open(\"%s\"):read())", argv[1],
          argv[1]);
  older.size = offsetof(lesdiplo_run_options, max_output);
  if (run(&older, "print(1)") || expect("1\n")) return 1;
  if (run(&options, "files.open '/etc/passwd'") != LESDIPLO_EDENIED) return 2;
  if (run(&options, header) != LESDIPLO_EDENIED) return 3;
  options.ask = ask;
  options.used = hear;
  if (run(&options, header) != LESDIPLO_EDENIED || asked != 1) return 4;
  agrees = 1;
  if (run(&options, header) || expect("inside\n\n") || asked != 2) return 5;
  if (used != 1) return 6;
  right.what = argv[1];
  options.rights = &right;
  options.right_count = 1;
  options.ask = NULL;
  if (run(&options, header) || expect("inside\n\n")) return 7;
  right.denied = 1;
  if (run(&options, header) != LESDIPLO_EDENIED) return 8;
  if (lesdiplo_run_check(&options, &error) != LESDIPLO_EDENIED) return 9;
  options.max_output = 100;
  if (run(&options, "print(('x'):rep(200))") != LESDIPLO_ELIMIT) return 10;
  options.max_time = 0.2;
  if (run(&options, "while true do end") != LESDIPLO_ELIMIT) return 11;
  if (run(&options, "string.find(('x'):rep(50000), ('.-'):rep(12) .. 'b')")
      != LESDIPLO_ELIMIT) return 12;
  if (lesdiplo_host_new(&host, NULL, NULL, &error)) return 13;
  if (lesdiplo_host_run(host, header, strlen(header), "=(x)", NULL, 0, &error)
      != LESDIPLO_EDENIED) return 14;
  if (lesdiplo_host_run(host, "run{'true'}", 11, "=(x)", NULL, 0, &error)
      != LESDIPLO_EDENIED) return 15;
  lesdiplo_host_free(host);
  return documents();
}
END
build isolated "$folder/isolated.c"

cat >"$folder/plain.cc" <<'END'
#include <lesdiplo.h>
int main () {
  lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_run_options run = LESDIPLO_RUN_INIT;
  return options.size == 0 || run.size == 0 || lesdiplo_version()[0] == '\0';
}
END
# shellcheck disable=SC2086
check "the header in C++" $CXX -std=c++11 -Wall -Wextra -Werror $cflags \
  "$folder/plain.cc" -o "$folder/plain" $shared
check "a C++ program" "$folder/plain"

for kind in so a; do
  check "minimal runs ($kind)" sh -c \
    "'$folder/minimal-$kind' seeds >'$folder/out' 2>&1"
  check "minimal reads ($kind)" says "$folder/out" "sentences; number"
  check "minimal cites ($kind)" grep -q '^  1-anniversary.txt:.*#[0-9a-f]\{8\}$' \
    "$folder/out"
  check "minimal registers ($kind)" says "$folder/out" "longest was called"
  check "minimal fails well ($kind)" says "$folder/out" \
    "longest(doc): doc must be a document"
  check "minimal goes on ($kind)" says "$folder/out" "and the host goes on"
  check "minimal without a corpus ($kind)" sh -c \
    "! '$folder/minimal-$kind' '$folder/none' 2>'$folder/out'"
  check "minimal names the folder ($kind)" says "$folder/out" "$folder/none"
  check "header runs ($kind)" sh -c "'$folder/header-$kind' seeds >'$folder/out'"
  check "header prints ($kind)" grep -q '^1-anniversary.txt: ' "$folder/out"
  check "isolated ($kind)" sh -c \
    "'$folder/isolated-$kind' '$folder/granted.txt' >'$folder/out'"
  check "isolated says so ($kind)" says "$folder/out" "all is well"
  check "isolated names the flag ($kind)" says "$folder/out" \
    "--allow-read /etc/passwd would allow it"
  check "names of LPeg's ($kind)" sh -c \
    "'$folder/clash-$kind' | tail -1 | grep -qx 123"
done
check "no leak of names" sh -c "! nm -D --defined-only '$usr/lib/liblesdiplo.so' |
  awk '{ print \$3 }' | grep -v '^lesdiplo_\|^luaopen_lesdiplo'"

if command -v valgrind >/dev/null && [ "${SLOW:-}" ]; then
  check "minimal leaks nothing" valgrind -q --leak-check=full \
    --error-exitcode=9 "$folder/minimal-so" seeds
fi

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
