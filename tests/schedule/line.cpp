#include <berth/schedule/line.hpp>
#include <berth/schedule/waiting_queue.hpp>

#include <catch2/catch_test_macros.hpp>

#include <deque>

namespace {

using namespace berth::schedule;

struct task {
    int cpu = 1;
};

/// The last that came goes first; nobody is tried while it is closed. It counts the turns that passed.
struct shelf {
    std::deque<std::uint32_t> slots{};
    bool closed = false;
    int passed = 0;
};
struct last_first {
    shelf* on;

    auto operator()(task const&, task const&) const -> bool { return false; }
    template <class Before> auto enter(std::uint32_t slot, task const&, Before) const -> void {
        on->slots.push_front(slot);
    }
    auto leave(std::uint32_t slot) const -> void { std::erase(on->slots, slot); }
    [[nodiscard]] auto take() const -> std::optional<std::uint32_t> {
        if (!ready()) return std::nullopt;
        auto const out = on->slots.front();
        on->slots.pop_front();
        return out;
    }
    [[nodiscard]] auto ready() const -> bool { return !on->closed && !on->slots.empty(); }
    auto pass(task const&) const -> void { ++on->passed; }
};
static_assert(keeps_line<last_first, task>);
static_assert(!keeps_line<decltype([](task const&, task const&) { return false; }), task>);

TEST_CASE("an order may keep those to be tried itself, and hold them back") {
    auto kept = shelf{};
    auto q = waiting_queue<task, last_first>({&kept});
    auto const now = berth::time_point{};
    auto const a = q.add({1});
    auto const b = q.add({2});
    auto const c = q.add({3});
    kept.closed = true;
    CHECK(!q.next_ready(now));
    CHECK(!q.take());
    kept.closed = false;
    CHECK(q.next_ready(now) == now);
    CHECK(q.take() == c);
    q.remove(b);
    CHECK(q.take() == a);
    CHECK(!q.take());
    CHECK(kept.slots.empty());
}

TEST_CASE("the turn passes when a task that was taken is not served, and only then") {
    auto kept = shelf{};
    auto q = waiting_queue<task, last_first>({&kept});
    auto const now = berth::time_point{};
    auto const id = q.add({1});
    auto turns = 0;
    auto const again = [&] {
        q.at_once(id);
        CHECK(q.take() == id);
    };
    CHECK(q.take() == id);
    q.refused(id, {}, now);
    CHECK(kept.passed == ++turns);
    again();
    q.failed(id, now);
    CHECK(kept.passed == ++turns);
    again();
    q.gate(id);
    CHECK(kept.passed == ++turns);
    again();
    q.put_off(id, now);
    CHECK(kept.passed == ++turns);
    again();
    q.hold(id, std::nullopt); // it has its place
    q.failed(id, now);
    CHECK(kept.passed == turns);
}

TEST_CASE("a back-off that is cut short leads to the line, which may hold back") {
    auto kept = shelf{};
    auto q = waiting_queue<task, last_first>({&kept}, {.cut_short = true});
    auto const now = berth::time_point{};
    auto const id = q.add({1});
    CHECK(q.take() == id);
    q.refused(id, {facet_set::all()}, now);
    q.changed(facet_set::all(), now); // it backs off
    kept.closed = true;
    CHECK(!q.take());
    kept.closed = false;
    CHECK(q.take() == id);
}

} // namespace
