/// \file
/// What must be done in the world before a task is bound, and takes its time.

#include "harbour.hpp"

#include <berth/schedule/attempt.hpp>
#include <berth/schedule/cycle.hpp>

#include <optional>
#include <string>

namespace {

using namespace berth::schedule;
using berth::seconds;
using harbour::fits, harbour::host, harbour::task;

constexpr auto start = berth::time_point{};
constexpr auto take = [](task const& t, host& h) { h.cpu_free -= t.cpu; };
constexpr auto give_back = [](task const& t, host& h) { h.cpu_free += t.cpu; };

/// What a world says when it is asked, and how often it was.
struct world {
    permission says = wait_for(seconds(30), "the crane");
    int asked = 0;
};
auto asking(world& w) {
    return [&w](task const&, host const&) { return ++w.asked, w.says; };
}
auto machine_before(world& w) {
    return cycle_of<task, host>(
        profile{.filter = fits, .reserve = take, .release = give_back, .pre_bind = asking(w)});
}

TEST_CASE("a task whose pre-bind waits keeps its place, and is bound when it is asked again and may be") {
    auto w = world{};
    auto hosts = std::vector<host>{{.cpu_free = 3}};
    auto machine = machine_before(w);
    auto const id = machine.add({1});
    auto const waits = machine.next(hosts, start);
    CHECK(waits->outcome.error().at == stage::preparing);
    CHECK(waits->outcome.error().why == "the crane");
    CHECK(waits->outcome.error().limit == seconds(30));
    CHECK(waits->outcome.error().where.node == 0);
    CHECK(hosts[0].cpu_free == 2);
    CHECK_FALSE(machine.allow(id, hosts, start)); // no permission is waited for
    CHECK_FALSE(machine.go_on(id, hosts, start)); // not yet
    w.says = accept;
    CHECK(machine.go_on(id, hosts, start)->left->cpu == 1);
    CHECK(w.asked == 3);
    CHECK_FALSE(machine.go_on(id, hosts, start));
    CHECK(hosts[0].cpu_free == 2);
    CHECK(machine.size() == 0);
}

TEST_CASE("others pass while a task waits before its bind") {
    auto w = world{};
    auto hosts = std::vector<host>{{.cpu_free = 2}};
    auto machine = machine_before(w);
    machine.add({1});
    CHECK(machine.next(hosts, start)->outcome.error().at == stage::preparing);
    w.says = accept;
    machine.add({1});
    CHECK(machine.next(hosts, start)->outcome);
    CHECK(machine.held() == 1);
}

TEST_CASE("a pre-bind that comes to a refusal is undone and tried again later") {
    auto w = world{};
    auto hosts = std::vector<host>{{.cpu_free = 1}};
    auto machine = machine_before(w);
    auto const id = machine.add({1});
    (void)machine.next(hosts, start);
    w.says = reject("the crane is broken");
    auto const no = machine.go_on(id, hosts, start + seconds(2));
    CHECK(no->outcome.error().at == stage::unprepared);
    CHECK(no->outcome.error().why == "the crane is broken");
    CHECK(hosts[0].cpu_free == 1);
    CHECK(machine.held() == 0);
    CHECK(machine.next_ready(start + seconds(2)) == start + seconds(3));
}

TEST_CASE("a pre-bind has its time once, however often it is asked") {
    auto w = world{};
    auto hosts = std::vector<host>{{.cpu_free = 1}};
    auto machine = machine_before(w);
    auto const id = machine.add({1});
    (void)machine.next(hosts, start);
    CHECK_FALSE(machine.go_on(id, hosts, start + seconds(20)));
    CHECK(machine.next_ready(start + seconds(20)) == start + seconds(30));
    auto const late = machine.next(hosts, start + seconds(30));
    CHECK(late->id == id);
    CHECK(late->outcome.error().at == stage::unprepared);
    CHECK(late->outcome.error().why == "waited too long: the crane");
    CHECK(late->outcome.error().code == berth::error_code::timeout);
    CHECK(hosts[0].cpu_free == 1);
}

TEST_CASE("a task that waits before its bind can be denied, removed, and lose its node") {
    auto w = world{};
    auto hosts = std::vector<host>{{.cpu_free = 1}};
    auto machine = machine_before(w);
    auto const id = machine.add({1});
    (void)machine.next(hosts, start);
    SECTION("denied") {
        auto const no = machine.deny(id, hosts, "preempted", start);
        CHECK(no->outcome.error().at == stage::denied);
        CHECK(machine.find(id) != nullptr);
    }
    SECTION("removed") {
        machine.remove(id, hosts, start);
        CHECK(machine.find(id) == nullptr);
    }
    SECTION("without its node") {
        machine.withdraw(hosts, 0, start);
        CHECK(machine.next_ready(start) == start + seconds(1));
    }
    CHECK(hosts[0].cpu_free == 1);
    CHECK(machine.held() == 0);
    CHECK_FALSE(machine.go_on(id, hosts, start));
}

TEST_CASE("what waits for a permission first waits before its bind after") {
    auto w = world{};
    auto hosts = std::vector<host>{{.cpu_free = 1}};
    auto machine = cycle_of<task, host>(
        profile{.filter = fits,
                .reserve = take,
                .release = give_back,
                .permit = [](task const&, host const&) { return wait_for(seconds(5), "others"); },
                .pre_bind = asking(w)});
    auto const id = machine.add({1});
    CHECK(machine.next(hosts, start)->outcome.error().at == stage::waiting);
    CHECK_FALSE(machine.go_on(id, hosts, start));
    CHECK(w.asked == 0);
    CHECK(machine.allow(id, hosts, start)->outcome.error().at == stage::preparing);
    CHECK(machine.next_ready(start) == start + seconds(30));
    w.says = accept;
    CHECK(machine.go_on(id, hosts, start)->left);
}

/// A shell with something of its own to do before a bind.
struct slow_to_prepare : no_shell {
    world* w;

    auto pre_bind(task const&, host const&) const -> permission { return ++w->asked, w->says; }
};

TEST_CASE("the profile prepares when the shell has, once where its answer is a result") {
    auto w = world{};
    auto done = 0;
    auto hosts = std::vector<host>{{.cpu_free = 1}};
    auto const policy = profile{.filter = fits,
                                .reserve = take,
                                .release = give_back,
                                .pre_bind = [&](task const&, host const&) -> berth::result<void> {
                                    ++done;
                                    return {};
                                }};
    auto machine = cycle_of<task, host>(policy, {}, slow_to_prepare{{}, &w});
    auto const id = machine.add({1});
    CHECK(machine.next(hosts, start)->outcome.error().at == stage::preparing);
    CHECK_FALSE(machine.go_on(id, hosts, start));
    CHECK(done == 0);
    w.says = accept;
    CHECK(machine.go_on(id, hosts, start)->left);
    CHECK(done == 1);
}

TEST_CASE("an attempt that waits before the bind leaves the reservation to its caller") {
    auto w = world{};
    auto hosts = std::vector<host>{{.cpu_free = 1}};
    auto work = workspace{};
    auto const policy = profile{.filter = fits, .reserve = take, .release = give_back, .pre_bind = asking(w)};
    CHECK(attempt(task{1}, hosts, policy, work).error().at == stage::preparing);
    CHECK(hosts[0].cpu_free == 0);
}

} // namespace
