/*
** prompt.h - a line in, its value out (eval.c); how a value is shown (show.c); what
** could complete a line (complete.c). Their door is lesdiplo.h: lesdiplo_host_eval,
** lesdiplo_host_complete.
*/
#ifndef LD_HOST_PROMPT_H
#define LD_HOST_PROMPT_H

#include "host/host.h"

/* Prints a value for a person. [-0, +0, e] */
void ld_prompt_show (lua_State *L, int index);
/* Pushes an array of a table's keys, sorted, at most a thousand, and says whether
** these are all. [-0, +1, e] */
bool ld_prompt_keys (lua_State *L, int index);

#endif
