#pragma once

/// \file
/// The bodies of `berth/api/server.hpp`.

#include <berth/api/detail/writing.hpp>
#include <berth/api/kept_objects.hpp>
#include <berth/api/object_meta.hpp>
#include <berth/api/server.hpp>
#include <berth/api/storage.hpp>
#include <berth/core/config.hpp>

#include <algorithm>
#include <set>

namespace berth::api::detail {

/// What is not stored is called by its kind: `componentstatus`.
inline auto not_present(object::resource_name const& r, std::string_view name) -> std::unexpected<error> {
    auto const kind = lower_case(r.kind);
    auto called = r;
    called.plural = kind;
    return not_found(called, name);
}

} // namespace berth::api::detail

namespace berth::api {

struct server::parts {
    storage objects;
    detail::shared_draw draw;
    fields_pool fields;
    detail::last_made recent;
    kept_objects kept; ///< what admission looks up

    parts(object_store&& store, server_options const& o)
        : objects(std::move(store), expiry_of(o)), draw(o.seed), kept(reads_of(o.admission)) {}
};

BERTH_DECL server::server(object_store&& store, shared_registry kinds, server_options options)
    : kinds_(std::move(kinds)),
      options_(std::move(options)),
      parts_(std::make_unique<parts>(std::move(store), options_)) {}

BERTH_DECL server::~server() = default;

BERTH_DECL auto server::changed() -> wake_signal& { return parts_->objects.store().changed(); }

BERTH_DECL auto server::revision() const -> object::revision { return parts_->objects.store().revision(); }

BERTH_DECL auto server::may_wait(kind const& of) const -> bool {
    auto known = registry_snapshot();
    auto world = admission_world{};
    for (auto const& link : options_.admission) {
        if (!link.waits) continue;
        if (!known) world = world_of(*(known = kinds_.snapshot()), now());
        if (link.waits(of, world)) return true;
    }
    return false;
}

BERTH_DECL auto server::get(object::resource_name const& r, object::key const& k, get_options const& o) const
    -> result<object::object_ref> {
    auto const known = kinds_.snapshot();
    auto const* const of = known->find(r);
    if (of == nullptr) return detail::no_such_kind();
    auto const at_least = parse_revision(o.resource_version);
    if (!at_least) return std::unexpected(at_least.error());
    if (*at_least > revision()) return future_revision(*at_least, revision());
    auto const* const sub = o.subresource.empty() ? nullptr : of->find_subresource(o.subresource);
    if (!o.subresource.empty() && (sub == nullptr || !sub->has_verb(verb::get)))
        return detail::no_such_kind();
    auto found = read(*known, *of, k);
    auto const* const p = sub == nullptr ? nullptr : std::get_if<projection>(&sub->does);
    if (!found || p == nullptr) return found;
    return project(*p, *found);
}

BERTH_DECL auto server::list(object::resource_name const& r, list_options const& o) const
    -> result<object_list> {
    auto const known = kinds_.snapshot();
    auto const* const of = known->find(r);
    if (of == nullptr) return detail::no_such_kind();
    auto const chosen = selection::parse(*of, o.label_selector, o.field_selector);
    if (!chosen) return std::unexpected(chosen.error());
    auto const plan = plan_list(o);
    if (!plan) return std::unexpected(plan.error());
    if (auto const current = revision(); std::max(plan->at, plan->at_least) > current)
        return future_revision(std::max(plan->at, plan->at_least), current);
    if (of->present) return list_present(*known, *of, o.namespace_, *chosen);
    return parts_->objects.list(*of, o.namespace_, *chosen, *plan);
}

BERTH_DECL auto server::watch(object::resource_name const& r, watch_options const& o) -> result<watch_type> {
    auto const known = kinds_.snapshot();
    auto const* const of = known->find(r);
    if (of == nullptr || !of->stored()) return detail::no_such_kind();
    if (auto ok = check_watch(o); !ok) return std::unexpected(std::move(ok).error());
    auto chosen = selection::parse(*of, o.label_selector, o.field_selector);
    if (!chosen) return std::unexpected(std::move(chosen).error());
    auto const from = parse_revision(o.resource_version);
    if (!from) return std::unexpected(from.error());
    if (*from > revision()) return future_revision(*from, revision());
    return parts_->objects.watch(known->share(*of), o, *std::move(chosen), *from);
}

BERTH_DECL auto server::commit(identity const& who, std::span<write const> batch)
    -> std::vector<result<written>> {
    auto const known = kinds_.snapshot();
    auto const time = now();
    auto const world = writable_world_of(*known, time);
    auto silent = std::set<std::string>();
    auto const context = detail::write_context{*known,         options_.admission, world, who,
                                               parts_->draw,   options_.now,       time,  parts_->fields,
                                               parts_->recent, parts_->objects,    silent};
    auto tasks = std::vector<detail::writing>();
    tasks.reserve(batch.size());
    for (auto const& w : batch) tasks.emplace_back(context, w);
    parts_->objects.modify(std::span(tasks));
    auto out = std::vector<result<written>>();
    out.reserve(batch.size());
    for (auto& t : tasks) out.push_back(std::move(t).answer());
    return out;
}

BERTH_DECL auto server::world_of(registry const& known, time_point time) const -> admission_world {
    auto out = admission_world{};
    out.now = time;
    out.find = [this, &known](object::resource_name const& r,
                              object::key const& k) -> result<object::any_object> {
        auto const* const of = known.find(r);
        if (of == nullptr) return detail::no_such_kind();
        if (parts_->kept.keeps(r)) {
            auto kept = parts_->kept.find(parts_->objects, known.share(*of), k);
            if (kept && *kept) return std::move(kept->object);
        } // what is not known of may just have come
        auto found = parts_->objects.read(*of, k);
        if (!found) return std::unexpected(std::move(found).error());
        return std::move(found->object);
    };
    out.list = [this, &known](object::resource_name const& r) -> result<std::vector<object::object_ref>> {
        if (auto const* const of = known.find(r); of != nullptr && parts_->kept.keeps(r))
            if (auto kept = parts_->kept.all(parts_->objects, known.share(*of))) return kept;
        auto all = list(r, {});
        if (!all) return std::unexpected(std::move(all).error());
        return std::move(all->items);
    };
    return out;
}

BERTH_DECL auto server::writable_world_of(registry const& known, time_point time) -> admission_world {
    auto out = world_of(known, time);
    auto const write_one = [this](write const& w) -> result<object::revision> {
        auto done = std::move(commit(itself_, std::span(&w, 1)).front());
        if (!done) return std::unexpected(std::move(done).error());
        return done->object.rev;
    };
    out.write_status = [write_one](object::any_object o, object::revision seen) {
        auto asked = update_request{std::move(o)};
        asked.options.subresource = "status";
        asked.options.expected = seen;
        return write_one(std::move(asked));
    };
    out.remove = [write_one](object::resource_name const& r, object::key const& where,
                             delete_options const& options) -> result<void> {
        auto done = write_one(remove_request{&r, where, options});
        if (!done) return std::unexpected(std::move(done).error());
        return {};
    };
    return out;
}

BERTH_DECL auto server::expiry_of(server_options const& o) -> std::unique_ptr<expiry_leases> {
    return o.lifetimes.empty() ? nullptr : std::make_unique<expiry_leases>(o.lifetimes, o.now);
}

BERTH_DECL auto server::reads_of(admission_chain const& chain) -> std::vector<object::resource_name const*> {
    auto out = std::vector<object::resource_name const*>();
    for (auto const& link : chain) out.insert(out.end(), link.reads.begin(), link.reads.end());
    return out;
}

BERTH_DECL auto server::read(registry const& known, kind const& k, object::key const& where) const
    -> result<object::object_ref> {
    if (!k.present) return k.stored() ? parts_->objects.read(k, where) : detail::no_such_kind();
    if (k.present_one) {
        auto const world = world_of(known, now());
        auto found = k.present_one(where, {world, itself_, world.now, false});
        if (!found) return std::unexpected(std::move(found).error());
        return object::object_ref{*std::move(found), 0};
    }
    auto all = present(known, k);
    if (!all) return std::unexpected(std::move(all).error());
    for (auto& o : *all)
        if (o.metadata().where() == where) return object::object_ref{std::move(o), 0};
    return detail::not_present(*k.resource, where.name);
}

BERTH_DECL auto server::present(registry const& known, kind const& k) const
    -> result<std::vector<object::any_object>> {
    auto const world = world_of(known, now());
    return k.present({world, itself_, world.now, false});
}

BERTH_DECL auto server::list_present(registry const& known, kind const& k, std::string const& space,
                                     selection const& chosen) const -> result<object_list> {
    auto all = present(known, k);
    if (!all) return std::unexpected(std::move(all).error());
    auto out = object_list{};
    out.rev = revision();
    for (auto& o : *all)
        if ((space.empty() || o.metadata().namespace_ == space) && chosen.matches(o))
            out.items.push_back({std::move(o), 0});
    return out;
}

} // namespace berth::api
