// A bot in C++17: see tgrunner.hpp.
#include "tgrunner.hpp"

#include <iostream>

int main() {
  try {
    tgrunner::host host;
    host.add("greet", [](const std::vector<tgr_value> &args) {
      if (args.empty() || args[0].type != TGR_STRING)
        throw std::invalid_argument("greet takes a name");
      return "Hello, " + std::string(args[0].text, args[0].len) + "!";
    });
    host.load("greet.lua", "print(greet 'Ann')\n"
                           "print(select(2, pcall(greet)))\n"
                           "return 3\n");
    const int code = host.run();
    std::cout << "it returned " << code << "\n";
    tgrunner::host broken;
    broken.load("broken.lua", "this is no Lua");
  } catch (const tgrunner::error &raised) {
    std::cout << raised.what() << "\n";
    return raised.status() == TGR_ESYNTAX ? 0 : 1;
  }
}
