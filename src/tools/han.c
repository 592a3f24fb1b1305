/*
** han.c - writes the table of traditional Han characters and the simplified
** ones they fold to, out of ICU's Traditional-Simplified transform. Opening that
** transform costs ten milliseconds: the program itself must not.
**
** usage: han FILE
*/
#include <stdio.h>

#include <unicode/utrans.h>

int main (int argc, char **argv) {
  UErrorCode status = U_ZERO_ERROR;
  static const UChar id[] = u"Traditional-Simplified";
  UTransliterator *hans = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL,
                                       &status);
  FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;
  if (U_FAILURE(status) || !out) {
    fprintf(stderr, "han: %s\n", out ? u_errorName(status)
                                     : "cannot write its file");
    return 1;
  }
  fputs("/* Made by src/tools/han.c from ICU: do not edit. */\n", out);
  for (int cp = 0x3400; cp < 0xA000; cp++) {
    UChar text[8] = { (UChar)cp };
    int32_t length = 1, limit = 1;
    status = U_ZERO_ERROR;
    utrans_transUChars(hans, text, &length, 8, 0, &limit, &status);
    if (U_SUCCESS(status) && length == 1 && text[0] != cp)
      fprintf(out, "{ 0x%04X, 0x%04X },\n", (unsigned)cp, (unsigned)text[0]);
  }
  utrans_close(hans);
  return fclose(out) ? 1 : 0;
}
