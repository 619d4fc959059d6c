/// \file
/// The checker of concurrent histories is right: on examples, and on all tiny histories.

#include "store/linearizability.hpp"

#include <berth/core/random.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

using namespace berth::tests;

namespace {

/// One number that can be read, written, and changed if it is what was expected.
struct register_model {
    enum class kind { read, write, change };
    struct call {
        kind what = kind::read;
        int value = 0;    ///< that was read, or is written
        int expected = 0; ///< by a change
        bool known = true;
        bool changed = true; ///< how a change whose outcome is known went
        int key = 0;         ///< for histories of several registers
    };
    using state = int;

    [[nodiscard]] static auto initial() -> state { return 0; }
    [[nodiscard]] static auto step(state s, call const& c) -> std::optional<state> {
        if (c.what == kind::write) return c.value;
        if (c.what == kind::change) {
            if (c.known && c.changed != (s == c.expected)) return std::nullopt;
            return s == c.expected ? c.value : s;
        }
        if (c.known && c.value != s) return std::nullopt;
        return s;
    }
    [[nodiscard]] static auto hash(state s) -> std::size_t { return static_cast<std::size_t>(s); }
};
using call = register_model::call;
using history = timed_history<call>;

constexpr auto read(int value) -> call { return {.value = value}; }
constexpr auto write(int value) -> call { return {.what = register_model::kind::write, .value = value}; }
constexpr auto change(int from, int to, bool changed) -> call {
    return {.what = register_model::kind::change, .value = to, .expected = from, .changed = changed};
}
constexpr auto unknown(call c) -> call {
    c.known = false;
    return c;
}

auto is_linearizable(history const& h) -> bool { return linearize(register_model{}, h).exists; }

/// Whether an order of calls is one: no call stands before one that ended before it began, and each had the
/// outcome that it has here.
auto is_order(history const& h, std::vector<std::size_t> const& order) -> bool {
    auto state = std::optional{register_model::initial()};
    for (std::size_t i = 0; i < order.size(); ++i) {
        for (auto j = i + 1; j < order.size(); ++j) {
            if (h[order[j]].ended < h[order[i]].begun) return false;
        }
        state = register_model::step(*state, h[order[i]].call);
        if (!state) return false;
    }
    return true;
}

/// Tries every order of every set of calls that has all those that ended.
auto by_force(history const& h) -> bool {
    auto order = std::vector<std::size_t>(h.size());
    for (std::size_t left_out = 0; left_out < std::size_t{1} << h.size(); ++left_out) {
        order.clear();
        auto good = true;
        for (std::size_t i = 0; i < h.size(); ++i) {
            if ((left_out >> i & 1U) == 0) order.push_back(i);
            else good = good && h[i].ended == never;
        }
        if (!good) continue;
        do {
            if (is_order(h, order)) return true;
        } while (std::next_permutation(order.begin(), order.end()));
    }
    return false;
}

/// Whether the checker says what force says, and tells an order if there is one.
auto agrees(history const& h) -> bool {
    auto const found = linearize(register_model{}, h);
    if (found.exists != by_force(h)) return false;
    if (!is_order(h, found.order)) return false;
    if (!found.exists) return true;
    return std::all_of(h.begin(), h.end(), [&](auto const& c) {
        auto const which = static_cast<std::size_t>(&c - h.data());
        return c.ended == never ||
               std::find(found.order.begin(), found.order.end(), which) != found.order.end();
    });
}

/// Calls `visit` with every way in which `count` calls can begin and end, in the order of their beginnings.
template <class Visit>
auto each_overlap(std::size_t count, history& h, std::uint64_t time, std::vector<std::size_t> open,
                  Visit visit) -> void {
    if (h.size() == count && open.empty()) return visit(h);
    if (h.size() < count) {
        h.push_back({call{}, time, 0});
        auto longer = open;
        longer.push_back(h.size() - 1);
        each_overlap(count, h, time + 1, longer, visit);
        h.pop_back();
    }
    for (std::size_t i = 0; i < open.size(); ++i) {
        auto rest = open;
        rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
        h[open[i]].ended = time;
        each_overlap(count, h, time + 1, rest, visit);
    }
}

/// Calls `visit` with every history of `count` calls out of `choices`.
template <class Visit>
auto each_history(std::size_t count, std::vector<call> const& choices, Visit visit) -> void {
    auto start = history{};
    each_overlap(count, start, 1, {}, [&](history const& times) {
        auto number = std::size_t{1};
        for (std::size_t i = 0; i < count; ++i) number *= choices.size();
        for (std::size_t n = 0; n < number; ++n) {
            auto h = times;
            for (auto rest = n, i = std::size_t{0}; i < count; ++i, rest /= choices.size()) {
                h[i].call = choices[rest % choices.size()];
                if (!h[i].call.known) h[i].ended = never;
            }
            visit(h);
        }
    });
}

} // namespace

TEST_CASE("one call after the other is judged as it happened", "[store][linearizability]") {
    CHECK(is_linearizable({}));
    CHECK(is_linearizable({{write(1), 1, 2}, {read(1), 3, 4}}));
    CHECK_FALSE(is_linearizable({{write(1), 1, 2}, {read(0), 3, 4}}));
    CHECK_FALSE(is_linearizable({{write(1), 1, 2}, {write(2), 3, 4}, {read(1), 5, 6}}));
    CHECK(is_linearizable({{change(0, 1, true), 1, 2}, {change(0, 2, false), 3, 4}, {read(1), 5, 6}}));
    CHECK_FALSE(is_linearizable({{change(0, 1, true), 1, 2}, {change(0, 2, true), 3, 4}}));
}

TEST_CASE("calls at one time may have happened in any order", "[store][linearizability]") {
    CHECK(is_linearizable({{write(1), 1, 4}, {read(0), 2, 3}}));
    CHECK(is_linearizable({{write(1), 1, 4}, {read(1), 2, 3}}));
    CHECK(is_linearizable({{write(1), 1, 10}, {write(2), 2, 9}, {read(2), 3, 4}, {read(1), 5, 6}}));
    CHECK_FALSE(is_linearizable(
        {{write(1), 1, 10}, {write(2), 2, 9}, {read(2), 3, 4}, {read(1), 5, 6}, {read(2), 7, 8}}));
    CHECK_FALSE(is_linearizable({{write(1), 1, 10}, {read(1), 2, 3}, {read(0), 4, 5}}));
}

TEST_CASE("of two changes at one time one is too late", "[store][linearizability]") {
    CHECK(is_linearizable({{change(0, 1, true), 1, 4}, {change(0, 2, false), 2, 3}}));
    CHECK_FALSE(is_linearizable({{change(0, 1, true), 1, 4}, {change(0, 2, true), 2, 3}}));
    CHECK_FALSE(is_linearizable({{change(0, 1, false), 1, 4}, {change(0, 2, false), 2, 3}}));
}

TEST_CASE("a call without an answer may happen late, or never", "[store][linearizability]") {
    auto const lost = unknown(write(1));
    CHECK(is_linearizable({{lost, 1, never}, {read(0), 2, 3}}));
    CHECK(is_linearizable({{lost, 1, never}, {read(1), 2, 3}}));
    CHECK(is_linearizable({{lost, 1, never}, {read(0), 2, 3}, {read(1), 4, 5}}));
    CHECK_FALSE(is_linearizable({{lost, 1, never}, {read(1), 2, 3}, {read(0), 4, 5}}));
    CHECK_FALSE(is_linearizable({{read(1), 1, 2}, {lost, 3, never}}));
    CHECK_FALSE(is_linearizable({{lost, 1, never}, {read(1), 2, 3}, {write(2), 4, 5}, {read(1), 6, 7}}));
}

TEST_CASE("a failure shows how far an order goes", "[store][linearizability]") {
    auto const found =
        linearize(register_model{}, {{write(1), 1, 2}, {read(1), 3, 4}, {read(0), 5, 6}, {write(2), 7, 8}});
    CHECK_FALSE(found.exists);
    CHECK(found.order == std::vector<std::size_t>{0, 1});
}

TEST_CASE("the checker agrees with force on all tiny histories", "[store][linearizability]") {
    auto wrong = std::size_t{0};
    auto good = std::size_t{0};
    auto all = std::size_t{0};
    auto const judge = [&](history const& h) {
        ++all;
        good += is_linearizable(h) ? 1U : 0U;
        wrong += agrees(h) ? 0U : 1U;
    };
    auto const choices = std::vector{read(0),
                                     read(1),
                                     write(0),
                                     write(1),
                                     unknown(write(1)),
                                     change(0, 1, true),
                                     change(0, 1, false),
                                     unknown(change(1, 0, true))};
    for (std::size_t count = 1; count <= 3; ++count) each_history(count, choices, judge);
    each_history(4, {read(0), read(1), write(0), unknown(write(1))}, judge);
    each_history(4, {read(1), write(1), change(1, 0, true), unknown(change(0, 1, true))}, judge);
    CHECK(wrong == 0);
    CHECK(good > 1'000);
    CHECK(all - good > 1'000);
}

TEST_CASE("a long history of many threads is judged quickly, and one lie in it is found",
          "[store][linearizability]") {
    auto draw = berth::random_engine{3};
    auto h = history{};
    auto now = 0;
    auto time = std::uint64_t{0};
    auto busy = std::vector<std::optional<interval<call>>>(6);
    for (auto i = 0; i < 6'000; ++i) { // each of six begins a call, or has it done and answered
        auto& mine = busy[draw.below(busy.size())];
        if (!mine) {
            mine =
                interval<call>{draw.below(2) == 0 ? write(static_cast<int>(draw.below(5))) : read(0), ++time};
            continue;
        }
        if (mine->call.what == register_model::kind::write) now = mine->call.value;
        else mine->call.value = now;
        mine->ended = ++time;
        h.push_back(*std::exchange(mine, std::nullopt));
    }
    CHECK(is_linearizable(h));
    for (auto const at : {h.size() / 3, h.size() / 2, h.size() - 40}) {
        auto bad = h;
        auto const lie =
            std::find_if(bad.begin() + static_cast<std::ptrdiff_t>(at), bad.end(),
                         [](auto const& c) { return c.call.what == register_model::kind::read; });
        lie->call.value = 77;
        CHECK_FALSE(is_linearizable(bad));
    }
}

TEST_CASE("registers that know nothing of each other are judged one by one", "[store][linearizability]") {
    auto const on = [](int key, call c) {
        c.key = key;
        return c;
    };
    auto const key_of = [](call const& c) { return c.key; };
    auto const good = history{{on(1, write(1)), 1, 2}, {on(2, read(0)), 3, 4}, {on(1, read(1)), 5, 6}};
    CHECK(linearizable_by_key(register_model{}, good, key_of));
    auto bad = good;
    bad[2].call.value = 0;
    CHECK_FALSE(linearizable_by_key(register_model{}, bad, key_of));
}
