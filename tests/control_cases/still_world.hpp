#pragma once

/// \file
/// The world of the control cases: an API in which a controller is alone. Deletions take effect at once, new
/// pods are pending, and neither defaults nor generations are the server's business.

#include <berth/api/client.hpp>
#include <berth/kube/core/pod/type.hpp>
#include <berth/reconcile/any_controller.hpp>
#include <berth/reconcile/apply.hpp>
#include <berth/reconcile/controller.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace control_cases {

using namespace berth;

/// Models `api::client` over a world.
class still_world {
public:
    struct watch_type {
        auto next() -> result<std::optional<api::watch_event>> { return std::nullopt; }
        auto on_wake(waker /*w*/) -> void {}
    };

    still_world(reconcile::world& w, time_point now) : world_(&w), now_(now) {}

    auto get(object::resource_name const& r, object::key const& k, api::get_options const&)
        -> result<object::object_ref> {
        auto const* const t = std::as_const(*world_).find(r);
        auto const* const found = t == nullptr ? nullptr : t->find(k);
        if (found == nullptr) return fail(error_code::not_found, k.to_string() + " is not there");
        return *found;
    }
    auto list(object::resource_name const&, api::list_options const&) -> result<api::object_list> {
        return api::object_list{};
    }
    auto watch(object::resource_name const&, api::watch_options const&) -> result<watch_type> {
        return watch_type();
    }
    auto changed() -> wake_signal& { return changed_; }
    auto commit(std::span<api::write const> batch) -> std::vector<result<api::written>> {
        return api::one_by_one(*this, batch);
    }

    auto create(object::any_object const& o, api::create_options const&) -> result<object::object_ref> {
        auto made = object::draft(o);
        auto& m = made.metadata();
        if (m.name.empty()) m.name = m.generate_name + "*" + std::to_string(++serial_);
        if (get(o.resource(), m.where(), {})) return fail(error_code::already_exists, m.name + " is there");
        m.uid = "made-" + m.name;
        m.creation_timestamp = object::timestamp(now_);
        if (o.get_if<kube::pod>() != nullptr) made.as<kube::pod>().status.phase = "Pending";
        return world_->add(std::move(made).finish());
    }
    auto update(object::any_object const& o, api::update_options const& how) -> result<object::object_ref> {
        auto const there = get(o.resource(), o.metadata().where(), {});
        if (!there) return there;
        if (how.expected != 0 && how.expected != there->rev)
            return fail(error_code::conflict, "it has changed");
        auto const of_status = how.subresource == "status";
        auto after = object::draft(o);
        auto const* const kept = after.type().field(of_status ? "spec" : "status");
        if (kept != nullptr) kept->type().assign(kept->in(after.data()), kept->in(there->object.data()));
        return world_->add(std::move(after).finish());
    }
    auto patch(object::resource_name const&, object::key const&, api::patch const&, api::patch_options const&)
        -> result<object::object_ref> {
        return fail(error_code::method_not_allowed, "no controller here patches");
    }
    auto remove(object::resource_name const& r, object::key const& k, api::delete_options const&)
        -> result<api::deletion> {
        auto const there = get(r, k, {});
        if (!there) return std::unexpected(there.error());
        world_->find(there->object.type())->erase(k.namespace_, k.name);
        world_->advance();
        return api::deletion{true, *there};
    }
    auto act(object::resource_name const&, object::key const&, std::string_view, object::any_object const&,
             api::create_options const&) -> result<object::object_ref> {
        return fail(error_code::method_not_allowed, "no controller here acts");
    }

private:
    reconcile::world* world_;
    time_point now_;
    int serial_ = 0;
    wake_signal changed_;
};
static_assert(api::client<still_world>);

/// The tables and indexes that a controller looks at.
template <reconcile::controller C> auto furnish(reconcile::world& w) -> void {
    for (auto const* const type : reconcile::kinds_seen<C>()) w.follow(*type);
    for (auto& i : reconcile::indexes_of<C>()) w.follow(*i.type).add_index(std::move(i));
}

/// What a controller with a memory knows of a key when it looks again.
enum class recall : std::uint8_t {
    nothing,  ///< what it waits for since the last look is over
    last_look ///< what it remembered then: no time has passed
};

/// Carries out the plans of a controller until it wants nothing more. Says what is wrong if that never comes.
template <reconcile::controller C>
auto come_to_rest(C const& controller, reconcile::world& w, time_point now, recall what = recall::nothing)
    -> std::string {
    auto client = still_world(w, now);
    auto const c = reconcile::any_controller::of(controller);
    auto remembered = std::map<object::key, reconcile::any_memory>();
    auto const& type = object::type_of<typename C::reconciles>();
    for (auto round = 0; round < 200; ++round) {
        auto steps = std::size_t{0};
        auto keys = std::vector<object::key>();
        for (object::object_ref const& o : w.follow(type).all()) keys.push_back(o->metadata().where());
        for (auto const& k : keys) {
            auto decided = [&] { return c.reconcile(w.at(now), k, remembered[k]); }();
            auto const done = reconcile::apply(client, decided.plan, [](reconcile::note const&) {});
            steps += decided.plan.steps.size();
            if (what == recall::last_look) remembered[k] = std::move(decided.memory);
            if (!done.failures.empty()) return done.failures.front().why.message;
        }
        if (steps == 0) return {};
    }
    return "it does not come to rest";
}

} // namespace control_cases
