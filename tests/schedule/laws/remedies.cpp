#include "../harbour.hpp"

#include <berth/schedule/laws/remedies.hpp>

#include <string>
#include <vector>

namespace {

using namespace berth::schedule;
using harbour::host, harbour::task;

struct more_cpu {
    int amount = 0;

    [[nodiscard]] auto changes_task() const -> bool { return false; }
    auto apply_to(task&) const -> void {}
    auto apply_to(host& h) const -> void { h.cpu_free += amount; }
    [[nodiscard]] auto text() const -> std::string { return std::to_string(amount); }
    friend auto operator==(more_cpu const&, more_cpu const&) -> bool = default;
};

/// Asks for more each time that it is asked, and so never for the same.
struct capricious : is_filter {
    static constexpr std::string_view name = "capricious";
    int* asked;

    auto operator()(task const& t, host const& h) const -> verdict {
        return t.cpu <= h.cpu_free ? accept : reject("not enough cpu");
    }
    auto remedies(task const& t, host const& h) const -> std::vector<more_cpu> {
        return {{t.cpu - h.cpu_free + (*asked)++}};
    }
};

TEST_CASE("advice that is another one each time breaks a law") {
    auto broken = std::vector<std::string>{};
    auto asked = 0;
    auto const p = profile{.filter = capricious{{}, &asked}};
    laws::remedies(task{.cpu = 9}, std::vector<host>(2), p,
                   [&](std::string_view law, bool held, std::string const&) {
                       if (!held) broken.emplace_back(law);
                   });
    CHECK(broken == std::vector<std::string>{"advice is a function of its arguments"});
}

} // namespace
