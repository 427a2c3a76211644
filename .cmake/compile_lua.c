/* Compiles Lua files while the program is built: compile_lua OUT FILE CHUNK
 * [FILE CHUNK…] writes the code of each FILE, under its CHUNK name, as C arrays
 * code_0, code_1, … to OUT. It must run with the Lua the program links. */
#include <lauxlib.h>
#include <stdio.h>
#include <stdlib.h>

struct output {
  FILE *file;
  unsigned column;
};

static int write_bytes(lua_State *L, const void *bytes, size_t len,
                       void *user) {
  struct output *out = user;
  (void)L;
  for (size_t n = 0; n < len; n++)
    if (fprintf(out->file, ++out->column % 20 == 0 ? "%u,\n" : "%u,",
                ((const unsigned char *)bytes)[n]) < 0)
      return 1;
  return 0;
}

/* The file's text on L's top. */
static int read_file(lua_State *L, const char *path) {
  FILE *file = fopen(path, "rb");
  luaL_Buffer text;
  if (file == NULL)
    return 0;
  luaL_buffinit(L, &text);
  size_t len = 0;
  do {
    len = fread(luaL_prepbuffer(&text), 1, LUAL_BUFFERSIZE, file);
    luaL_addsize(&text, len);
  } while (len > 0);
  luaL_pushresult(&text);
  return fclose(file) == 0;
}

static int compile(lua_State *L, struct output *out, int number,
                   const char *path, const char *chunk) {
  size_t len = 0;
  if (!read_file(L, path)) {
    fprintf(stderr, "compile_lua: cannot read %s\n", path);
    return 0;
  }
  const char *text = lua_tolstring(L, -1, &len);
  if (luaL_loadbufferx(L, text, len, chunk, "t") != LUA_OK) {
    fprintf(stderr, "compile_lua: %s\n", lua_tostring(L, -1));
    return 0;
  }
  fprintf(out->file, "static const unsigned char code_%d[] = {\n", number);
  if (lua_dump(L, write_bytes, out, 0) != 0)
    return 0;
  lua_settop(L, 0);
  return fprintf(out->file, "0};\n") > 0;
}

int main(int argc, char **argv) {
  lua_State *L = luaL_newstate();
  if (L == NULL || argc < 2)
    return 1;
  struct output out = {.file = fopen(argv[1], "w")};
  if (out.file == NULL) {
    fprintf(stderr, "compile_lua: cannot write %s\n", argv[1]);
    return 1;
  }
  int ok = 1;
  for (int i = 2; ok && i + 1 < argc; i += 2)
    ok = compile(L, &out, (i - 2) / 2, argv[i], argv[i + 1]);
  lua_close(L);
  return fclose(out.file) == 0 && ok ? 0 : 1;
}
