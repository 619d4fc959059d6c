#pragma once

/// \file
/// A cluster of which only the scheduler is at work: pods, nodes and events in an API in memory, and virtual
/// time.

#include "../vocabulary.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/core/binding/type.hpp>
#include <berth/kube/core/event/type.hpp>
#include <berth/kube/schedule/scheduler.hpp>
#include <berth/sim/virtual_clock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace test {

/// Binds a pod that has no node; another one is a conflict.
inline auto bind(kube::pod& p, void const* body, api::action_context const&) -> result<object::any_object> {
    if (!p.spec.node_name.empty()) return fail(error_code::conflict, "the pod has a node");
    p.spec.node_name = static_cast<kube::binding const*>(body)->target.name;
    return object::any_object();
}

/// The kinds that a scheduler deals with, without defaults and validation.
inline auto scheduler_kinds() -> api::registry {
    auto out = api::registry();
    auto pods = api::kind_of<kube::pod>{};
    pods.subresources = {api::action_of<kube::pod>{"binding", &object::type_of<kube::binding>(), &bind}};
    out.add(std::move(pods));
    out.add(api::kind_of<kube::node>{});
    out.add(api::kind_of<kube::event>{});
    kube::catalogue().each([&]<class T>(kube::shelf<T>&) { out.add(api::kind_of<T>{}); });
    return out;
}

/// A pod that asks for processors (in thousandths).
inline auto asking(std::string name, std::int64_t cpu) -> make_pod {
    return make_pod(std::move(name)).with([&](kube::pod& p) {
        p.spec.containers[0].resources.requests["cpu"] = object::quantity::of_milli(cpu);
    });
}

/// A node with so many processors (in thousandths), 16 GiB of memory and room for 110 pods.
inline auto with_cpu(std::string name, std::int64_t cpu) -> make_node {
    return make_node(std::move(name)).with([&](kube::node& n) {
        n.status.allocatable["cpu"] = object::quantity::of_milli(cpu);
        n.status.allocatable["memory"] = object::quantity::of(std::int64_t{16} << 30U);
        n.status.allocatable["pods"] = object::quantity::of(110);
    });
}

/// An API whose bindings can be made to fail.
class desk : public api::server {
public:
    using server::server;

    auto commit(std::span<api::write const> batch) -> std::vector<result<api::written>> {
        batches.push_back(batch.size());
        auto out = std::vector<result<api::written>>();
        for (auto const& w : batch) out.push_back(commit_one(w));
        return out;
    }

    int failures = 0;                 ///< so many of the next bindings fail
    int heard_but_not_answered = 0;   ///< so many of the next bindings are done, and the answer is lost
    int refused_updates = 0;          ///< so many of the next updates find that another was faster
    std::vector<std::size_t> batches; ///< how many writes came together, each time
    std::vector<std::string>
        order; ///< what was written, in its order: "bind p", "patch p", "update p", "remove p"

private:
    auto commit_one(api::write const& w) -> result<api::written> {
        auto const pass_on = [&] { return std::move(server::commit(std::span(&w, 1)).front()); };
        if (auto const* const r = std::get_if<api::patch_request>(&w))
            order.push_back("patch " + r->where.name);
        if (auto const* const r = std::get_if<api::remove_request>(&w))
            order.push_back("remove " + r->where.name);
        if (auto const* const r = std::get_if<api::update_request>(&w)) {
            order.push_back("update " + r->object.metadata().name);
            if (refused_updates > 0) {
                --refused_updates;
                return fail(error_code::conflict, "another was faster");
            }
        }
        auto const* const bound = std::get_if<api::act_request>(&w);
        if (bound == nullptr) return pass_on();
        order.push_back("bind " + bound->where.name);
        if (heard_but_not_answered > 0) {
            --heard_but_not_answered;
            (void)pass_on();
            return fail(error_code::timeout, "the answer is lost");
        }
        if (failures == 0) return pass_on();
        --failures;
        return fail(error_code::unavailable, "the binding is lost");
    }
};

/// Pods back off even if there is nothing else to do.
inline auto with_whole_back_off() -> kube::scheduler_options {
    auto out = kube::scheduler_options();
    out.wait.cut_short = false;
    return out;
}

/// An API, and a scheduler on it.
class scheduler_cluster {
public:
    explicit scheduler_cluster(kube::scheduler_options options = with_whole_back_off()) {
        options.record = [this](reconcile::note const& n, time_point) {
            notes.push_back(n.type + " " + n.reason + " " + n.regarding.where.name + ": " + n.message);
        };
        scheduler_.emplace(server_, std::move(options));
    }

    /// Creates what a maker has made, with its status.
    template <class Maker> auto add(Maker const& m) -> void {
        auto const made = api::create(server_, m.done());
        REQUIRE(made.has_value());
        if constexpr (requires { m.done().status; }) {
            auto o = **made;
            o.status = m.done().status;
            REQUIRE(api::update(server_, std::move(o), made->revision_of(), "status").has_value());
        }
    }
    /// Changes an object, or its status if `part` says so.
    template <object::kind_type T, class F>
    auto change(std::string const& name, F&& f, std::string const& part = {}) -> void {
        auto const there = api::get<T>(server_, key_of<T>(name));
        REQUIRE(there.has_value());
        auto o = **there;
        f(o);
        auto const done = api::update(server_, std::move(o), there->revision_of(), part);
        INFO((done ? std::string() : done.error().message));
        REQUIRE(done.has_value());
    }
    template <object::kind_type T> auto remove(std::string const& name) -> void {
        auto o = api::delete_options{};
        o.grace_period_seconds = 0;
        REQUIRE(api::remove<T>(server_, key_of<T>(name), o).has_value());
    }

    /// Lets the scheduler work until it has nothing to do now.
    auto settle() -> wake {
        auto wish = scheduler_->step(clock_.now());
        for (auto n = 0; n < 1000 && wish.kind == wake::when::again; ++n)
            wish = scheduler_->step(clock_.now());
        return scheduler_->step(clock_.now());
    }
    auto settle_after(duration d) -> wake {
        clock_.advance(d);
        return settle();
    }
    auto advance(duration d) -> void { clock_.advance(d); }

    template <object::kind_type T> [[nodiscard]] auto get(std::string const& name) -> T {
        auto const o = api::get<T>(server_, key_of<T>(name));
        REQUIRE(o.has_value());
        return **o;
    }
    [[nodiscard]] auto pod(std::string const& name) -> kube::pod { return get<kube::pod>(name); }
    /// A pod as plugins see it.
    [[nodiscard]] auto info(std::string const& name) -> kube::pod_info {
        auto const p = api::get<kube::pod>(server_, key_of<kube::pod>(name));
        REQUIRE(p.has_value());
        return kube::pod_info(*p);
    }
    /// The node of a pod; an empty text if it has none.
    [[nodiscard]] auto node_of(std::string const& name) -> std::string { return pod(name).spec.node_name; }
    [[nodiscard]] auto server() -> desk& { return server_; }
    [[nodiscard]] auto scheduler() -> kube::scheduler<>& { return *scheduler_; }
    [[nodiscard]] auto clock() const -> sim::virtual_clock const& { return clock_; }
    [[nodiscard]] auto counters() const -> kube::scheduler_counters { return scheduler_->counters(); }

    std::vector<std::string> notes; ///< what the scheduler told

private:
    template <object::kind_type T> static auto key_of(std::string const& name) -> object::key {
        return {T::resource.namespaced ? "default" : "", name};
    }

    sim::virtual_clock clock_;
    api::memory_store store_;
    api::registry kinds_ = scheduler_kinds();
    desk server_{store_, kinds_, {[c = clock_] { return c.now(); }, 1, {}}};
    std::optional<kube::scheduler<>> scheduler_;
};

} // namespace test
