#include "harbour.hpp"

#include <berth/schedule/eviction.hpp>
#include <berth/schedule/explain.hpp>

namespace {

using namespace berth::schedule;
using harbour::fits, harbour::host, harbour::task;

/// Accepts a host that has more free than all others together.
struct outweighs {
    static constexpr std::string_view name = "outweighs";

    auto prepare(task const&, std::span<host const> all) const -> int {
        auto sum = 0;
        for (auto const& h : all) sum += h.cpu_free;
        return sum;
    }
    auto operator()(task const&, host const& h, int sum) const -> verdict {
        return 2 * h.cpu_free > sum ? accept : reject("light");
    }
};

/// What `.preempt` hears when it asks what each host would be with so much more.
auto answers(auto const& policy_filter, task const& t, std::vector<host> const& hosts, int more)
    -> std::vector<verdict> {
    auto heard = std::vector<verdict>{};
    auto const policy = profile{
        .filter = policy_filter,
        .preempt = [&](task const&, std::span<host const> all, refusal const&,
                       auto const& what_if) -> std::optional<eviction<int>> {
            for (std::size_t i = 0; i < all.size(); ++i) {
                auto emptied = all[i];
                emptied.cpu_free += more;
                heard.push_back(what_if(i, emptied));
            }
            return {};
        },
    };
    (void)explain(t, hosts, policy);
    return heard;
}

TEST_CASE("the filter can be asked about a node as it would be") {
    auto const hosts = std::vector<host>{{.cpu_free = 1}, {.cpu_free = 3}};
    CHECK(answers(fits, task{.cpu = 5}, hosts, 2) == std::vector{reject("not enough cpu"), accept});
}

TEST_CASE("a filter that looks at all nodes sees the one as it would be, and the others as they are") {
    auto const hosts = std::vector<host>{{.cpu_free = 2}, {.cpu_free = 2}, {.cpu_free = 4}};
    CHECK(answers(filter(outweighs{}), task{}, hosts, 1) ==
          std::vector{reject("light"), reject("light"), accept});
}

TEST_CASE("what the profile prepares is prepared anew for the question") {
    auto const above_mean = filter<"above mean">(
        [](task const&, host const& h, int sum) { return h.cpu_free * 2 > sum ? accept : reject("below"); });
    auto heard = std::vector<verdict>{};
    auto const policy = profile{
        .prepare =
            [](task const&, std::span<host const> all) {
                auto sum = 0;
                for (auto const& h : all) sum += h.cpu_free;
                return sum;
            },
        .filter = above_mean,
        .preempt = [&](task const&, std::span<host const>, refusal const&,
                       auto const& what_if) -> std::optional<eviction<int>> {
            heard = {what_if(0, host{.cpu_free = 3}), what_if(1, host{.cpu_free = 2})};
            return {};
        },
    };
    (void)explain(task{}, std::vector<host>{{.cpu_free = 2}, {.cpu_free = 2}}, policy);
    CHECK(heard == std::vector{accept, reject("below")});
}

TEST_CASE("an account tells who would have to leave") {
    auto const policy = profile{
        .filter = fits,
        .preempt = [](task const&, std::span<host const>,
                      refusal const&) { return std::optional(eviction<int>{1, {17, 4}}); },
    };
    auto const account = explain(task{.cpu = 99}, std::vector<host>(2), policy);
    REQUIRE(account.room.has_value());
    CHECK(account.room->victims == std::vector<std::string>{"17", "4"});
    CHECK(!account.chosen);
}

} // namespace
