/* What every C spec includes: cmocka with the headers it wants. */
#ifndef SPEC_H
#define SPEC_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
