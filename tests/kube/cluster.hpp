#pragma once

/// \file
/// A whole cluster in memory and virtual time: an API server, all controllers, and nodes that only pretend to
/// run pods.

#include "vocabulary.hpp"

#include <berth/api/memory_store.hpp>
#include <berth/api/server.hpp>
#include <berth/kube/admission.hpp>
#include <berth/kube/bootstrap.hpp>
#include <berth/kube/control/controller_manager.hpp>
#include <berth/kube/registry.hpp>
#include <berth/sim/run.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace test {

using server_type = api::server;

/// Binds pods to nodes that live, makes what is bound ready, lets go of what is deleted, and renews leases.
class pretended_nodes {
public:
    pretended_nodes(server_type& s, std::vector<std::string> names) : server_(&s), alive_(std::move(names)) {
        for (auto const& n : alive_) (void)api::create(*server_, make_node(n).done());
    }
    auto kill(std::string const& name) -> void { std::erase(alive_, name); }

    auto step(time_point now) -> wake {
        if (now >= next_) {
            next_ = now + seconds(10);
            for (auto const& n : alive_) post(n, now);
        }
        auto const pods = api::list<kube::pod>(*server_).value();
        for (auto const& p : pods) work(p, now);
        return wake::at(next_);
    }
    auto on_wake(waker w) -> void {
        changed_ = w == waker{} ? wake_signal::subscription() : server_->changed().subscribe(w);
    }

private:
    auto lives(std::string const& name) const -> bool {
        return std::find(alive_.begin(), alive_.end(), name) != alive_.end();
    }

    auto post(std::string const& name, time_point now) -> void {
        auto l = make_lease(name, now).done();
        auto const there = api::get<kube::lease>(*server_, l.metadata.where());
        if (!there) (void)api::create(*server_, std::move(l));
        else (void)api::update(*server_, std::move(l), there->revision_of());
        auto const seen = api::get<kube::node>(*server_, {{}, name});
        if (!seen) return;
        auto n = **seen;
        auto* c = object::find_condition(n.status.conditions, "Ready");
        if (c == nullptr) (c = &n.status.conditions.emplace_back())->type = "Ready";
        if (c->status != "True") c->last_transition_time = object::timestamp(now);
        c->status = "True";
        c->last_heartbeat_time = object::timestamp(now);
        (void)api::update(*server_, std::move(n), seen->revision_of(), "status");
    }
    auto work(object::stored<kube::pod> const& p, time_point now) -> void {
        if (p->spec.node_name.empty() && !p->metadata.deleting()) return bind(p);
        if (!lives(p->spec.node_name)) return;
        if (p->metadata.deleting()) {
            auto o = api::delete_options{};
            o.grace_period_seconds = 0;
            (void)api::remove<kube::pod>(*server_, p->metadata.where(), o);
        } else if (!kube::is_ready(*p)) {
            auto running = *p;
            running.status.phase = "Running";
            auto c = kube::pod_condition{};
            c.type = "Ready";
            c.status = "True";
            kube::set_condition(running.status.conditions, std::move(c), now);
            (void)api::update(*server_, std::move(running), p.revision_of(), "status");
        }
    }
    auto bind(object::stored<kube::pod> const& p) -> void {
        if (alive_.empty()) return;
        auto b = kube::binding{};
        b.metadata.namespace_ = p->metadata.namespace_;
        b.metadata.name = p->metadata.name;
        b.target.kind = "Node";
        b.target.name = alive_[turn_++ % alive_.size()];
        (void)server_->act(kube::pod::resource, p->metadata.where(), "binding",
                           object::any_object(std::move(b)), {});
    }

    server_type* server_;
    std::vector<std::string> alive_;
    std::size_t turn_ = 0;
    time_point next_;
    wake_signal::subscription changed_;
};

/// Everything, from one seed.
struct cluster {
    explicit cluster(std::uint64_t s, std::vector<std::string> node_names = {"a", "b", "c"}) : seed(s) {
        kube::bootstrap(server, {.policy = false}).value();
        nodes.emplace(server, std::move(node_names));
        executor.add(controllers);
        executor.add(*nodes);
    }

    /// Runs until something holds; says whether it came true within ten minutes.
    template <class F> auto until(F&& holds, duration limit = minutes(10)) -> bool {
        auto how = sim::options();
        how.seed = seed;
        how.time_limit = limit;
        how.step_time = milliseconds(2);
        how.until = [&] { return holds(); };
        return executor.run(how).why == sim::ending::reached;
    }
    auto run(duration span) -> void {
        (void)until([] { return false; }, span);
    }

    template <object::kind_type T> auto all(std::string space = "default") -> std::vector<object::stored<T>> {
        auto o = api::list_options{};
        o.namespace_ = T::resource.namespaced ? std::move(space) : std::string();
        return api::list<T>(server, o).value();
    }
    template <object::kind_type T> auto get(std::string name, std::string space = "default")
        -> object::stored<T> {
        auto found =
            api::get<T>(server, {T::resource.namespaced ? std::move(space) : std::string(), std::move(name)});
        return found ? *found : object::stored<T>();
    }
    /// The images of the pods that are ready and stay.
    auto images() -> std::vector<std::string> {
        auto out = std::vector<std::string>();
        for (auto const& p : all<kube::pod>())
            if (kube::is_ready(*p) && !p->metadata.deleting()) out.push_back(p->spec.containers[0].image);
        return out;
    }
    auto is_rolled_out(std::string const& name) -> bool {
        auto const d = get<kube::deployment>(name);
        return d && kube::is_complete(*d, d->status) &&
               d->status.observed_generation == d->metadata.generation;
    }

    std::uint64_t seed;
    sim::virtual_clock clock;
    api::memory_store store;
    api::registry kinds = kube::registry();
    server_type server{
        store,
        kinds,
        {.now = [c = clock] { return c.now(); }, .seed = seed, .admission = kube::admission({.seed = seed})}};
    kube::controller_manager controllers{server, kinds};
    std::optional<pretended_nodes> nodes;
    sim::executor executor{clock, seed};
};

} // namespace test
