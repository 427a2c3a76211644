// A C++17 wrapper of tgrunner.h: a host that is freed with its object, errors
// as exceptions, functions as callables. Exceptions of callables do not cross
// C: they become errors of the script.
#ifndef TGRUNNER_HPP
#define TGRUNNER_HPP

#include <tgrunner.h>

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tgrunner {

class error : public std::runtime_error {
public:
  error(tgr_status status, const std::string &text)
      : std::runtime_error(text.empty() ? tgr_strerror(status) : text),
        status_(status) {
  }
  tgr_status status() const noexcept {
    return status_;
  }

private:
  tgr_status status_;
};

struct options : tgr_options {
  options() {
    tgr_options_init(this);
  }
};

class host {
public:
  // What scripts call: its arguments; the text that it gives back.
  using function = std::function<std::string(const std::vector<tgr_value> &)>;

  explicit host(const tgr_options &given = options()) {
    tgr_host *made = nullptr;
    const tgr_status status = tgr_host_new(&given, &made);
    if (status != TGR_OK)
      throw error(status, "");
    host_.reset(made);
  }

  void add(const char *name, function fn) {
    functions_.push_back(std::make_unique<entry>(entry{std::move(fn), {}}));
    check(tgr_host_register(get(), name, call, functions_.back().get()));
  }

  void load(const char *name, std::string_view text) {
    check(tgr_host_load_string(get(), name, text.data(), text.size(), 0,
                               nullptr));
  }

  void load_file(const char *path) {
    check(tgr_host_load_file(get(), path, 0, nullptr));
  }

  int run() {
    check(tgr_host_run(get()));
    return tgr_host_exit_code(get());
  }

  bool step(std::uint64_t budget_us) {
    return tgr_host_step(get(), budget_us);
  }
  void stop(std::uint64_t deadline_ms) {
    tgr_host_stop(get(), deadline_ms);
  }
  void feed(std::string_view json) {
    const tgr_status status =
        tgr_host_feed_update(get(), json.data(), json.size());
    if (status != TGR_OK)
      throw error(status, "");
  }
  tgr_state state() const {
    return tgr_host_state(host_.get());
  }
  tgr_host *get() const noexcept {
    return host_.get();
  }

private:
  struct entry {
    function fn;
    std::string text; // the last result, until the script has a copy
  };
  struct deleter {
    void operator()(tgr_host *it) const noexcept {
      tgr_host_free(it);
    }
  };

  static tgr_status call(void *user, const tgr_value *args, std::size_t count,
                         tgr_value *result) noexcept {
    entry *it = static_cast<entry *>(user);
    tgr_status status = TGR_OK;
    try {
      it->text = it->fn(std::vector<tgr_value>(args, args + count));
    } catch (const std::exception &raised) {
      it->text = raised.what();
      status = TGR_ESCRIPT;
    }
    result->type = TGR_STRING;
    result->text = it->text.data();
    result->len = it->text.size();
    return status;
  }

  void check(tgr_status status) const {
    if (status != TGR_OK)
      throw error(status, tgr_host_errmsg(get()));
  }

  // In this order: the host goes before the functions it calls.
  std::vector<std::unique_ptr<entry>> functions_;
  std::unique_ptr<tgr_host, deleter> host_;
};

} // namespace tgrunner

#endif
