/// \file
/// The scheduler at work: what it binds, what it says of the pods that it cannot place, and when it tries
/// them again.

#include "scheduler_cluster.hpp"

#include <berth/kube/meta/index_labels.hpp>
#include <berth/sim/run.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <set>

using namespace test;
using words = std::vector<std::string>;

namespace {

auto scheduled_condition(kube::pod const& p) -> kube::pod_condition {
    auto const* const c = object::find_condition(p.status.conditions, "PodScheduled");
    return c == nullptr ? kube::pod_condition{} : *c;
}

/// A cluster with one full node and one pod that has found no place.
auto put_a_pod_that_waits(scheduler_cluster& c) -> void {
    c.add(with_cpu("a", 1000));
    c.add(asking("first", 1000));
    c.settle();
    REQUIRE(c.node_of("first") == "a");
    c.add(asking("second", 1000));
    c.settle();
    REQUIRE(c.node_of("second").empty());
    c.notes.clear();
}

} // namespace

TEST_CASE("a pod goes to the node with most left, and people are told") {
    auto c = scheduler_cluster();
    c.add(with_cpu("small", 1000));
    c.add(with_cpu("large", 4000));
    c.add(asking("p", 500));
    c.settle();
    CHECK(c.node_of("p") == "large");
    CHECK(c.notes == words{"Normal Scheduled p: Successfully assigned default/p to large"});
    CHECK(c.counters().placed == 1);
}

TEST_CASE("each pod is placed as if all earlier ones were in place") {
    auto c = scheduler_cluster();
    c.add(with_cpu("a", 1000));
    c.add(with_cpu("b", 1000));
    for (auto const* const name : {"1", "2", "3", "4", "5"}) c.add(asking(name, 500));
    c.settle();
    auto on = std::map<std::string, int>();
    for (auto const* const name : {"1", "2", "3", "4", "5"}) ++on[c.node_of(name)];
    CHECK(on == std::map<std::string, int>{{"", 1}, {"a", 2}, {"b", 2}});
}

TEST_CASE("without nodes a pod is told so, and looks for one now and then") {
    auto c = scheduler_cluster();
    c.add(asking("p", 500));
    auto const wish = c.settle();
    CHECK(wish == wake::at(c.clock().now() + seconds(1)));
    CHECK(c.notes == words{"Warning FailedScheduling p: no nodes available to schedule pods"});
    auto const told = scheduled_condition(c.pod("p"));
    CHECK(told.status == "False");
    CHECK(told.reason == "Unschedulable");
    CHECK(told.message == "no nodes available to schedule pods");
    c.add(with_cpu("a", 1000));
    CHECK(c.settle_after(milliseconds(999)).kind == wake::when::at);
    CHECK(c.node_of("p").empty());
    c.settle_after(milliseconds(1));
    CHECK(c.node_of("p") == "a");
}

TEST_CASE("a pod that no node takes is told why by each of them") {
    auto c = scheduler_cluster();
    c.add(with_cpu("a", 100));
    c.add(with_cpu("b", 1000).tainted("gpu", "NoSchedule"));
    c.add(with_cpu("c", 1000).with([](kube::node& n) { n.spec.unschedulable = true; }));
    c.add(asking("p", 500));
    c.settle();
    auto const why =
        std::string("0/3 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s), "
                    "1 node(s) were unschedulable. preemption: 0/3 nodes are available: 3 Preemption is not "
                    "helpful for scheduling.");
    CHECK(c.notes == words{"Warning FailedScheduling p: " + why});
    CHECK(scheduled_condition(c.pod("p")).message == why);
    CHECK(c.counters().refused == 1);
}

TEST_CASE("telling a pod why it waits does not make it be tried again") {
    auto c = scheduler_cluster();
    put_a_pod_that_waits(c);
    c.settle_after(minutes(1));
    c.settle_after(minutes(1));
    CHECK(c.counters().refused == 1);
    c.settle_after(minutes(3));
    CHECK(c.counters().refused == 2);
}

TEST_CASE("a pod is tried again with a back-off when what may help happens") {
    auto c = scheduler_cluster();
    put_a_pod_that_waits(c);
    SECTION("another pod leaves") { c.remove<kube::pod>("first"); }
    SECTION("another pod is finished") {
        c.change<kube::pod>("first", [](kube::pod& p) { p.status.phase = "Succeeded"; }, "status");
    }
    SECTION("a node comes") { c.add(with_cpu("b", 1000)); }
    SECTION("a node grows") {
        c.change<kube::node>(
            "a", [](kube::node& n) { n.status.allocatable["cpu"] = object::quantity::of(2); }, "status");
    }
    SECTION("the pod asks for less") {
        c.change<kube::pod>("second", [](kube::pod& p) { p.spec.containers[0].resources.requests.clear(); });
    }
    c.settle();
    CHECK(c.node_of("second").empty());
    c.settle_after(seconds(1));
    CHECK_FALSE(c.node_of("second").empty());
}

TEST_CASE("a pod is tried again when that of a node changes for which it was refused, and for nothing else") {
    auto c = scheduler_cluster();
    c.add(with_cpu("a", 1000).tainted("gpu", "NoSchedule"));
    c.add(asking("p", 100).with([](kube::pod& p) { p.spec.node_selector["disk"] = "ssd"; }));
    c.settle();
    c.change<kube::node>("a", [](kube::node& n) { n.metadata.labels["colour"] = "red"; });
    c.settle_after(seconds(1));
    CHECK(c.counters().refused == 1);
    c.change<kube::node>("a", [](kube::node& n) { n.spec.taints.clear(); });
    c.settle_after(seconds(1));
    CHECK(c.counters().refused == 2);
    c.change<kube::node>("a", [](kube::node& n) { n.metadata.labels["disk"] = "ssd"; });
    c.settle_after(seconds(1));
    CHECK(c.node_of("p").empty());
    c.settle_after(seconds(1));
    CHECK(c.node_of("p") == "a");
}

TEST_CASE("a node's heartbeat makes nobody be tried again") {
    auto c = scheduler_cluster();
    put_a_pod_that_waits(c);
    auto const beat = [](kube::node& n) {
        auto& ready = n.status.conditions.emplace_back();
        ready.type = "Ready";
        ready.status = "True";
    };
    c.change<kube::node>("a", beat, "status");
    c.settle_after(seconds(30));
    CHECK(c.counters().refused == 1);
}

TEST_CASE("the pod of greater priority gets the last place") {
    auto c = scheduler_cluster();
    c.add(with_cpu("a", 1000));
    c.add(asking("low", 1000));
    c.add(asking("high", 1000).with([](kube::pod& p) { p.spec.priority = 100; }));
    c.settle();
    CHECK(c.node_of("high") == "a");
    CHECK(c.node_of("low").empty());
}

TEST_CASE("pods that are leaving, held by a gate, finished, or another scheduler's are left alone") {
    auto c = scheduler_cluster();
    c.add(with_cpu("a", 1000));
    c.add(asking("leaving", 1).finalizer("example.com/wait"));
    c.remove<kube::pod>("leaving");
    c.add(
        asking("gated", 1).with([](kube::pod& p) { p.spec.scheduling_gates.emplace_back().name = "later"; }));
    c.add(asking("finished", 1).phase("Failed"));
    c.add(asking("other", 1).with([](kube::pod& p) { p.spec.scheduler_name = "mine"; }));
    c.settle();
    CHECK(c.notes.empty());
    CHECK(c.counters().placed == 0);
    c.change<kube::pod>("gated", [](kube::pod& p) { p.spec.scheduling_gates.clear(); });
    c.settle();
    CHECK(c.node_of("gated") == "a");
    CHECK(c.counters().placed == 1);
}

TEST_CASE("each profile of a scheduler places the pods that name it") {
    auto c = scheduler_cluster();
    auto mine = kube::default_profile;
    mine.name = "mine";
    auto fullest = schedule::profile{.name = "fullest",
                                     .filter = kube::plugins::node_resources_fit,
                                     .score = -1 * kube::plugins::node_resources_fit_score};
    auto both = kube::scheduler(c.server(), {}, mine, fullest);
    auto const named = [](std::string name, std::string scheduler) {
        return asking(std::move(name), 100).with([&](kube::pod& p) { p.spec.scheduler_name = scheduler; });
    };
    c.add(with_cpu("small", 1000));
    c.add(with_cpu("large", 4000));
    c.add(named("p", "mine"));
    c.add(named("q", "fullest"));
    c.add(named("r", "somebody-else"));
    c.add(named("s", ""));
    for (auto n = 0; n < 20; ++n) (void)both.step(c.clock().now());
    CHECK(c.node_of("p") == "large");
    CHECK(c.node_of("q") == "small");
    CHECK(c.node_of("r").empty());
    CHECK(c.node_of("s").empty());
    CHECK(both.counters().placed == 2);
}

TEST_CASE("a pod that waited and is deleted is forgotten") {
    auto c = scheduler_cluster();
    put_a_pod_that_waits(c);
    c.remove<kube::pod>("second");
    c.remove<kube::pod>("first");
    CHECK(c.settle_after(minutes(10)).kind == wake::when::signalled);
    CHECK(c.counters().refused == 1);
}

TEST_CASE("pods of a node that goes and comes again still take their part of it") {
    auto c = scheduler_cluster();
    put_a_pod_that_waits(c);
    c.remove<kube::node>("a");
    c.settle();
    c.add(with_cpu("a", 1000));
    c.settle_after(seconds(10));
    CHECK(c.node_of("second").empty());
}

TEST_CASE("a binding that fails is undone and tried again") {
    auto c = scheduler_cluster();
    c.add(with_cpu("a", 1000));
    c.add(asking("p", 1000));
    c.server().failures = 2;
    c.settle();
    CHECK(c.node_of("p").empty());
    CHECK(c.counters().conflicts == 1);
    c.settle_after(seconds(1));
    CHECK(c.counters().conflicts == 2);
    c.settle_after(seconds(1));
    CHECK(c.counters().conflicts == 2);
    c.settle_after(seconds(1));
    CHECK(c.node_of("p") == "a");
    CHECK(c.counters().refused == 0);
}

TEST_CASE("two schedulers bind no pod twice") {
    auto const complaint = sim::try_seeds(1, 20, [](std::uint64_t seed) -> std::string {
        auto c = scheduler_cluster();
        auto rival = kube::scheduler(c.server());
        for (auto const* const n : {"a", "b", "c"}) c.add(with_cpu(n, 1000));
        for (auto i = 0; i < 12; ++i) c.add(asking("p" + std::to_string(i), 300));
        auto how = sim::options();
        how.seed = seed;
        how.time_limit = minutes(1);
        how.step_time = milliseconds(5);
        auto run = sim::executor(c.clock(), seed);
        run.add(c.scheduler());
        run.add(rival);
        run.run(how);
        auto on = std::map<std::string, int>();
        for (auto i = 0; i < 12; ++i) ++on[c.node_of("p" + std::to_string(i))];
        if (on[""] != 3) return "not nine pods have a node";
        return c.counters().placed + rival.counters().placed == 9 ? "" : "a pod was bound twice";
    });
    CHECK(complaint.value_or("") == "");
}

TEST_CASE("one who asks hears why a pod went where it did") {
    auto heard = words();
    auto options = kube::scheduler_options();
    options.explain = [&](object::key const& k, std::string const& node, std::string const& why) {
        heard.push_back(k.to_string() + " " + node);
        CHECK(why.find("NodeResourcesFit") != std::string::npos);
    };
    auto c = scheduler_cluster(std::move(options));
    c.add(with_cpu("a", 1000));
    c.add(asking("p", 100));
    c.settle();
    CHECK(heard == words{"default/p a"});
}

namespace {

/// A profile with every field set, each of which tells its name. A pod that asks for 100 processors finds no
/// node, for whom the first pod of the first node is to leave; one named `unlucky` is not bound.
auto told_of_all(std::set<std::string>& calls, desk& server) {
    using namespace kube;
    auto const say = [&calls](char const* what) { calls.insert(what); };
    return schedule::profile{
        .name = "mine",
        .enqueue = [say](pod_info const&) { return say("enqueue"), schedule::accept; },
        .order = [say](pod_info const& a,
                       pod_info const& b) { return say("order"), a.request.cpu < b.request.cpu; },
        .prepare = [say](pod_info const&, std::span<node_info const>) { return say("prepare"), 1; },
        .filter = schedule::filter<"fits">([say](pod_info const& p, node_info const& n) {
            say("filter");
            return p.request.cpu + n.requested.cpu <= n.allocatable.cpu ? schedule::accept
                                                                        : schedule::reject("full");
        }),
        .preempt = [say](pod_info const& p, std::span<node_info const> nodes, schedule::refusal const&,
                         auto const& what_if) -> std::optional<schedule::eviction<pod_handle>> {
            say("preempt");
            auto const& n = nodes.front();
            if (n.pods.empty() || p.request.cpu > n.allocatable.cpu) return {};
            auto const leaving = std::vector{n.pods.front()};
            if (!what_if(0, without(n, leaving)).accepted()) return {};
            return schedule::eviction<pod_handle>{0, leaving};
        },
        .score =
            schedule::score<"empty">([say](pod_info const&, node_info const&) { return say("score"), 1; }),
        .tie = [say](std::span<std::size_t const> equals,
                     std::uint64_t) { return say("tie"), equals.front(); },
        .reserve = [say](pod_info const&, node_info&) { say("reserve"); },
        .release = [say](pod_info const&, node_info&) { say("release"); },
        .permit = [say](pod_info const&, node_info const&) { return say("permit"), schedule::accept; },
        .bind = [say, &server](pod_info const& p, node_info const& n) -> result<void> {
            say("bind");
            if (p.value->metadata.name == "unlucky") return fail(error_code::conflict, "not this one");
            auto b = kube::binding{};
            b.target.name = n.name();
            auto const done = server.act(kube::pod::resource, p.value->metadata.where(), "binding",
                                         object::any_object(std::move(b)), {});
            if (!done) return std::unexpected(done.error());
            return {};
        },
    };
}

} // namespace

TEST_CASE("no field of a profile is ignored, and victims leave for whom they are named") {
    auto c = scheduler_cluster();
    auto calls = std::set<std::string>();
    auto mine = kube::scheduler(c.server(), {}, told_of_all(calls, c.server()));
    auto const ask = [](std::string name, std::int64_t cpu) {
        return asking(std::move(name), cpu).with([](kube::pod& p) { p.spec.scheduler_name = "mine"; });
    };
    auto const work = [&] {
        for (auto n = 0; n < 20; ++n) (void)mine.step(c.clock().now());
    };
    c.add(with_cpu("a", 1000));
    c.add(ask("small", 200));
    c.add(ask("unlucky", 100));
    work();
    CHECK(c.node_of("small") == "a");
    c.remove<kube::pod>("unlucky");
    c.add(ask("large", 900));
    work();
    CHECK(calls == std::set<std::string>{"bind", "enqueue", "filter", "order", "permit", "preempt", "prepare",
                                         "release", "reserve", "score", "tie"});
    CHECK_FALSE(api::get<kube::pod>(c.server(), {"default", "small"}).has_value());
    c.settle_after(seconds(1));
    work();
    CHECK(c.node_of("large") == "a");
}

TEST_CASE("a pod that waits for its permission keeps its room until it is allowed, or denied") {
    auto c = scheduler_cluster();
    auto const patient = [](kube::pod_info const&, kube::node_info const&) {
        return schedule::wait_for(seconds(30), "others");
    };
    auto gang = kube::scheduler(
        c.server(), {},
        schedule::profile{.name = "gang", .filter = kube::plugins::node_resources_fit, .permit = patient});
    c.add(with_cpu("a", 1000));
    for (auto const* const name : {"p", "q", "r"})
        c.add(asking(name, 500).with([](kube::pod& p) { p.spec.scheduler_name = "gang"; }));
    auto const work = [&] {
        for (auto n = 0; n < 20; ++n) (void)gang.step(c.clock().now());
    };
    work();
    CHECK(gang.counters().placed == 0);
    CHECK(gang.counters().refused == 1);
    CHECK(gang.allow(c.pod("p").metadata.uid));
    CHECK_FALSE(gang.allow(c.pod("p").metadata.uid));
    CHECK(c.node_of("p") == "a");
    CHECK(gang.deny(c.pod("q").metadata.uid, "the gang fell apart"));
    CHECK_FALSE(gang.deny("uid-of-nobody", ""));
    work();
    CHECK(c.node_of("q").empty());
}

TEST_CASE("a binding of which nobody knows whether it was heard keeps its room until the pod itself says") {
    auto c = scheduler_cluster();
    c.add(with_cpu("a", 1000));
    c.add(asking("p", 1000));
    c.server().heard_but_not_answered = 1;
    c.settle();
    CHECK(c.node_of("p") == "a");
    CHECK(c.counters().placed == 1);
    CHECK(c.counters().conflicts == 0);
    c.add(asking("q", 1000));
    c.settle();
    CHECK(c.node_of("q").empty());
}

TEST_CASE("the bindings of a step leave together, before anything else is written") {
    auto c = scheduler_cluster();
    c.add(with_cpu("a", 300));
    for (auto const* const name : {"p", "q", "r", "too-large"})
        c.add(asking(name, std::string(name) == "too-large" ? 9000 : 100));
    c.server().batches.clear();
    c.server().order.clear();
    c.settle();
    CHECK(c.server().batches == std::vector<std::size_t>{3, 1});
    CHECK(c.server().order == words{"bind p", "bind q", "bind r", "patch too-large"});
}

TEST_CASE("what is said of pods waits as long as others are to be tried, but no longer than a second") {
    auto options = kube::scheduler_options();
    options.batch = 1;
    auto c = scheduler_cluster(std::move(options));
    c.add(with_cpu("a", 1000));
    c.add(asking("a-large", 9000));
    c.add(asking("p", 100));
    c.add(asking("q", 100));
    auto const step_after = [&](duration d) {
        c.advance(d);
        c.server().order.clear();
        (void)c.scheduler().step(c.clock().now());
        return c.server().order;
    };
    CHECK(step_after(milliseconds(1)).empty());
    CHECK(step_after(milliseconds(1)) == words{"bind p"});
    SECTION("nobody is left") { CHECK(step_after(milliseconds(1)) == words{"bind q", "patch a-large"}); }
    SECTION("a second has passed") {
        for (auto i = 0; i < 9; ++i) c.add(asking("r" + std::to_string(i), 100));
        CHECK(step_after(seconds(1)) == words{"bind q", "patch a-large"});
        CHECK(step_after(milliseconds(1)) == words{"bind r0"});
    }
}

TEST_CASE("a pod that backs off is tried before its time when there is nobody else") {
    auto c = scheduler_cluster(kube::scheduler_options());
    put_a_pod_that_waits(c);
    c.remove<kube::pod>("first");
    c.settle();
    CHECK(c.node_of("second") == "a");
}

namespace {

/// Lower priorities leave the first node on which that helps, all of them.
constexpr auto all_lower_leave =
    [](kube::pod_info const& p, std::span<kube::node_info const> nodes, schedule::refusal const&,
       auto const& what_if) -> std::expected<schedule::eviction<kube::pod_handle>, std::string> {
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        auto leaving = std::vector<kube::pod_handle>();
        for (auto const& other : nodes[i].pods)
            if (other->spec().priority.value_or(0) < p.spec().priority.value_or(0)) leaving.push_back(other);
        if (!leaving.empty() && what_if(i, kube::without(nodes[i], leaving)).accepted())
            return schedule::eviction<kube::pod_handle>{i, leaving};
    }
    return std::unexpected("preemption: nobody is less important.");
};
auto rude_profile() {
    return schedule::profile{.name = "rude",
                             .filter = kube::plugins::node_resources_fit,
                             .preempt = all_lower_leave,
                             .score = 1 * kube::plugins::node_resources_fit_score};
}
auto important(std::string name, std::int64_t cpu, std::int32_t priority) -> make_pod {
    return asking(std::move(name), cpu).with([&](kube::pod& p) {
        p.spec.priority = priority;
        p.spec.scheduler_name = "rude";
    });
}

/// A cluster with a scheduler whose pods may make others leave.
struct rude_cluster : scheduler_cluster {
    rude_cluster() : rude(server(), with_notes(), rude_profile()) {}

    auto work() -> void {
        for (auto n = 0; n < 20; ++n) (void)rude.step(clock().now());
    }
    auto work_after(duration d) -> void {
        advance(d);
        work();
    }
    auto with_notes() -> kube::scheduler_options {
        auto out = kube::scheduler_options();
        out.record = [this](reconcile::note const& n, time_point) {
            notes.push_back(n.reason + " " + n.regarding.where.name + ": " + n.message);
        };
        return out;
    }

    kube::scheduler<decltype(rude_profile())> rude;
};

} // namespace

TEST_CASE("who makes others leave is promised their node, and goes there when they have left") {
    auto c = rude_cluster();
    c.add(with_cpu("a", 1000));
    c.add(important("low", 1000, 1).finalizer("example.com/wait"));
    c.work();
    REQUIRE(c.node_of("low") == "a");
    c.notes.clear();
    c.add(important("high", 1000, 10));
    c.work();
    CHECK(c.pod("high").status.nominated_node_name == "a");
    CHECK(scheduled_condition(c.pod("high")).message == "0/1 nodes are available: 1 Insufficient cpu.");
    auto const& low = c.pod("low");
    CHECK(low.metadata.deleting());
    auto const* const why = object::find_condition(low.status.conditions, "DisruptionTarget");
    REQUIRE(why != nullptr);
    CHECK(why->reason == "PreemptionByScheduler");
    CHECK(c.notes == words{"FailedScheduling high: 0/1 nodes are available: 1 Insufficient cpu.",
                           "Preempted low: Preempted by pod " + c.pod("high").metadata.uid + " on node a"});
    SECTION("nobody who is less important takes the room meanwhile") {
        c.add(important("sneaky", 1000, 5));
        c.change<kube::pod>("low", [](kube::pod& p) { p.metadata.finalizers.clear(); });
        c.work();
        CHECK(c.node_of("high") == "a");
        CHECK(c.node_of("sneaky").empty());
        CHECK(scheduled_condition(c.pod("sneaky")).message ==
              "0/1 nodes are available: 1 Insufficient cpu. preemption: nobody is less important.");
    }
    SECTION("who is more important takes it, and the promise with it") {
        c.add(important("highest", 1000, 100));
        c.work();
        CHECK(c.pod("highest").status.nominated_node_name == "a");
        CHECK(c.pod("high").status.nominated_node_name.empty());
        c.change<kube::pod>("low", [](kube::pod& p) { p.metadata.finalizers.clear(); });
        c.work();
        CHECK(c.node_of("highest") == "a");
        CHECK(c.node_of("high").empty());
    }
    SECTION("when the pod itself goes, the room is for others") {
        c.add(important("sneaky", 1000, 5));
        c.change<kube::pod>("low", [](kube::pod& p) { p.metadata.finalizers.clear(); });
        c.remove<kube::pod>("high");
        c.work();
        CHECK(c.node_of("sneaky") == "a");
    }
}

TEST_CASE("a promise that stands in the status of a pod counts for a scheduler that has just begun") {
    auto c = rude_cluster();
    c.add(with_cpu("a", 1000));
    c.add(important("promised", 1000, 5).with([](kube::pod& p) {
        p.status.nominated_node_name = "a";
        p.spec.scheduling_gates.clear();
    }));
    c.add(important("first", 1000, 5));
    c.work();
    CHECK(c.node_of("promised") == "a");
    CHECK(c.node_of("first").empty());
}

TEST_CASE("a victim that has not been bound yet is denied, not deleted") {
    auto c = scheduler_cluster();
    auto const patient = [](kube::pod_info const& p, kube::node_info const&) -> schedule::permission {
        if (p.spec().priority.value_or(0) > 1) return schedule::accept;
        return schedule::wait_for(seconds(30), "others");
    };
    auto policy = schedule::profile{.name = "rude",
                                    .filter = kube::plugins::node_resources_fit,
                                    .preempt = all_lower_leave,
                                    .permit = patient};
    auto rude = kube::scheduler(c.server(), {}, policy);
    auto const work = [&] {
        for (auto n = 0; n < 20; ++n) (void)rude.step(c.clock().now());
    };
    c.add(with_cpu("a", 1000));
    c.add(important("low", 1000, 1));
    work();
    c.add(important("high", 1000, 10));
    work();
    CHECK(c.node_of("high") == "a");
    CHECK(c.node_of("low").empty());
    CHECK_FALSE(c.pod("low").metadata.deleting());
    CHECK(scheduled_condition(c.pod("low")).status == "False");
}

namespace {

/// A pod wants a service of its name.
constexpr auto served =
    schedule::filter<"served", schedule::reads<>, schedule::surveys<kube::facets::services>>(
        [](kube::pod_info const& p, kube::node_info const&) {
            auto const& m = p.value->metadata;
            return p.catalogue->services.find(m.namespace_, m.name) != nullptr
                       ? schedule::accept
                       : schedule::rule_out("it has no service");
        });

class make_service : public maker<make_service, kube::service> {
public:
    using maker::maker;
};

} // namespace

TEST_CASE("a change of a kind beside pods and nodes wakes those who were refused for it, and nobody else") {
    auto c = scheduler_cluster();
    auto const policy = schedule::profile{.name = "served", .filter = served};
    auto mine = kube::scheduler(c.server(), {}, policy);
    auto const work = [&] {
        for (auto n = 0; n < 20; ++n) (void)mine.step(c.clock().now());
    };
    c.add(with_cpu("a", 1000));
    c.add(asking("p", 100).with([](kube::pod& p) { p.spec.scheduler_name = "served"; }));
    work();
    CHECK(mine.counters().refused == 1);
    REQUIRE(api::create(c.server(), make_namespace("other").done()).has_value());
    work();
    CHECK(mine.counters().refused == 1);
    REQUIRE(api::create(c.server(), make_service("p").done()).has_value());
    work();
    CHECK(c.node_of("p") == "a");
}

TEST_CASE("what others see of a bound pod is kept up to date") {
    auto c = scheduler_cluster();
    auto const alone = schedule::filter<"alone", schedule::surveys<&kube::node_info::pods>>(
        [](kube::pod_info const& p, kube::node_info const& n) {
            for (auto const& other : n.pods)
                if (other->value->metadata.labels == p.value->metadata.labels)
                    return schedule::reject("one of its kind is there");
            return schedule::accept;
        });
    auto const policy = schedule::profile{.name = "alone", .filter = alone};
    auto mine = kube::scheduler(c.server(), {}, policy);
    auto const work = [&] {
        for (auto n = 0; n < 20; ++n) (void)mine.step(c.clock().now());
    };
    auto const ask = [](std::string name) {
        return asking(std::move(name), 1).with([](kube::pod& p) {
            p.spec.scheduler_name = "alone";
            p.metadata.labels["app"] = "web";
        });
    };
    c.add(with_cpu("a", 1000));
    c.add(ask("p"));
    work();
    c.add(ask("q"));
    work();
    CHECK(c.node_of("q").empty());
    c.change<kube::pod>("p", [](kube::pod& p) { p.metadata.labels["app"] = "other"; });
    work();
    CHECK(c.node_of("q") == "a");
}

TEST_CASE("a pod that is resized in place gives room to others when its node has done it") {
    auto c = scheduler_cluster();
    put_a_pod_that_waits(c);
    auto const tell = [&](std::int64_t milli) {
        c.change<kube::pod>(
            "first",
            [&](kube::pod& p) {
                p.status.container_statuses.resize(1);
                auto& s = p.status.container_statuses[0];
                s.name = p.spec.containers[0].name;
                s.image = s.image_id = "app:1";
                s.resources.engage().requests["cpu"] = object::quantity::of_milli(milli);
            },
            "status");
    };
    tell(1000);
    c.change<kube::pod>("first", [](kube::pod& p) { p.spec.containers[0].resources.requests.clear(); });
    c.settle_after(seconds(10));
    CHECK(c.node_of("second").empty());
    tell(0);
    c.settle_after(seconds(10));
    CHECK(c.node_of("second") == "a");
}

TEST_CASE("a binding that is refused is told of, one of a pod that has a node is not") {
    auto c = scheduler_cluster();
    c.add(with_cpu("a", 1000));
    c.add(asking("p", 1000));
    c.server().failures = 1;
    c.settle();
    CHECK(scheduled_condition(c.pod("p")).reason == "SchedulerError");
    CHECK(c.notes == words{"Warning FailedScheduling p: binding rejected: it was not bound"});
    c.settle_after(seconds(2));
    CHECK(c.node_of("p") == "a");
}

namespace {

/// A pod of a job, with its index.
auto numbered(std::string const& index) -> make_pod {
    return asking("job-" + index, 10)
        .label("app", "job")
        .label(std::string(kube::completion_index_key), index)
        .with([&](kube::pod& p) { p.metadata.annotations[kube::completion_index_key] = index; });
}
/// A pod that is not to be with the pod of a number.
auto shy_of(std::string name, std::string const& index) -> make_pod {
    return asking(std::move(name), 10).with([&](kube::pod& p) {
        auto& t = p.spec.affinity.engage()
                      .pod_anti_affinity.engage()
                      .required_during_scheduling_ignored_during_execution.emplace_back();
        t.topology_key = "kubernetes.io/hostname";
        t.label_selector.engage().match_labels[kube::completion_index_key] = index;
    });
}

} // namespace

TEST_CASE("pods that are numbered are told apart as soon as a pod asks for the number, and not before") {
    auto c = scheduler_cluster();
    c.add(with_cpu("a", 4000).label("kubernetes.io/hostname", "a"));
    c.add(numbered("0"));
    c.add(numbered("1"));
    c.settle();
    CHECK(c.node_of("job-0") == "a");
    CHECK(c.node_of("job-1") == "a");
    c.add(shy_of("shy", "2")); // with both that are there it can be
    c.settle();
    CHECK(c.node_of("shy") == "a");
    for (auto const* const index : {"2", "3", "4"}) c.add(numbered(index));
    c.settle();
    CHECK(c.node_of("job-2").empty()); // the other one does not want to be with it
    CHECK(c.node_of("job-3") == "a");
    CHECK(c.node_of("job-4") == "a");
}

TEST_CASE("pods that are numbered are told apart as soon as a service asks for the number") {
    auto c = scheduler_cluster();
    c.add(with_cpu("large", 40'000).label("kubernetes.io/hostname", "large"));
    c.add(with_cpu("small", 4'000).label("kubernetes.io/hostname", "small"));
    c.add(make_service("first").with(
        [](kube::service& s) { s.spec.selector[kube::completion_index_key] = "0"; }));
    auto const place = [&](std::string const& name, std::string const& index) {
        c.add(numbered(index).with([&](kube::pod& p) {
            p.metadata.name = name;
            auto& requests = p.spec.containers[0].resources.requests;
            requests["cpu"] = object::quantity::of_milli(500);
            requests["memory"] = object::quantity::of(1 << 20);
        }));
        c.settle();
        return c.node_of(name);
    };
    // Those of the service are spread over the nodes; others go where most is left.
    CHECK(place("one", "0") == "large");
    CHECK(place("two", "0") == "small");
    CHECK(place("three", "0") == "large");
    CHECK(place("other", "7") == "large");
    CHECK(place("four", "0") == "small");
}
