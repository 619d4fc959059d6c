#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/controller.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/conditions.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/controller.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/custom_kind.hpp>
#include <berth/reconcile/finalizer.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace berth::kube {

BERTH_DECL custom_kinds::custom_kinds(api::any_client client, api::shared_registry kinds)
    : client_(std::move(client)), kinds_(std::move(kinds)) {}

BERTH_DECL auto custom_kinds::on_wake(waker w) -> void {
    waker_ = w;
    if (watch_) watch_->on_wake(w);
}

BERTH_DECL auto custom_kinds::step(time_point now) -> wake {
    auto const more = hear();
    for (auto i = delayed_.begin(); i != delayed_.end();) {
        if (i->second > now) {
            ++i;
            continue;
        }
        waiting_.insert(i->first);
        i = delayed_.erase(i);
    }
    if (!waiting_.empty()) {
        auto const name = *waiting_.begin();
        waiting_.erase(waiting_.begin());
        visit(name, now);
    }
    if (more || !waiting_.empty()) return wake::again();
    if (!watch_) return wake::at(now + seconds(1));
    auto next = wake::signalled();
    for (auto const& [name, when] : delayed_) next = sooner(next, wake::at(when));
    return next;
}

BERTH_DECL auto custom_kinds::hear() -> bool {
    constexpr auto most = 64;
    if (!watch_) {
        auto opened = client_.watch(custom_resource_definition::resource, {});
        if (!opened) return false;
        watch_ = *std::move(opened);
        watch_->on_wake(waker_);
        for (auto const& [name, d] : definitions_) waiting_.insert(name);
    }
    for (auto n = 0; n < most; ++n) {
        auto event = watch_->next();
        if (!event) {
            watch_.reset(); // its past is gone: begin anew
            return true;
        }
        if (!*event) return false;
        take(**event);
    }
    return true;
}

BERTH_DECL auto custom_kinds::take(api::watch_event const& e) -> void {
    if (e.type == api::watch_event::kind::bookmark) return;
    auto const name = e.object->metadata().name;
    if (e.type == api::watch_event::kind::deleted) return forget(name);
    auto& d = definitions_[name];
    d.definition = object::stored<custom_resource_definition>(e.object);
    waiting_.insert(name);
}

BERTH_DECL auto custom_kinds::forget(std::string const& name) -> void {
    auto const found = definitions_.find(name);
    if (found == definitions_.end()) return;
    stop_serving(found->second);
    definitions_.erase(found);
    waiting_.erase(name);
    delayed_.erase(name);
    queue_group_of(name);
}

BERTH_DECL auto custom_kinds::queue_group_of(std::string const& name) -> void {
    auto const group = std::string_view(name).substr(std::min(name.find('.') + 1, name.size()));
    for (auto const& [other, d] : definitions_)
        if (other != name && d.definition && d.definition->spec.group == group) waiting_.insert(other);
}

BERTH_DECL auto custom_kinds::visit(std::string const& name, time_point now) -> void {
    auto const found = definitions_.find(name);
    if (found == definitions_.end() || !found->second.definition) return;
    auto& known = found->second;
    auto const& d = *known.definition;
    if (d.metadata.deleting()) return clear(known, now);
    auto taken = taken_names();
    for (auto const& [other, o] : definitions_) {
        if (!o.definition || o.definition->spec.group != d.spec.group) continue;
        auto const& names = o.definition->status.accepted_names;
        taken.resources.insert({names.plural, names.singular});
        taken.resources.insert(names.short_names.begin(), names.short_names.end());
        taken.kinds.insert({names.kind, names.list_kind});
    }
    auto changed = with_accepted_names(d, taken, now);
    if (is_established(changed)) serve(known, changed);
    if (!(changed.status == d.status)) {
        auto const released = !d.status.accepted_names.plural.empty() &&
                              !(changed.status.accepted_names == d.status.accepted_names);
        write(known, std::move(changed), "status");
        if (released) queue_group_of(name); // others may have waited for a name
    }
}

BERTH_DECL auto custom_kinds::serve(known_definition& d, custom_resource_definition const& as) -> void {
    auto essence = custom_resource_definition{};
    essence.spec = as.spec;
    essence.status.accepted_names = as.status.accepted_names;
    essence.metadata.deletion_timestamp = as.metadata.deletion_timestamp;
    if (d.served_as == essence) return;
    d.served_as = std::move(essence);
    auto made = custom_kinds_of(as);
    auto served = std::vector<object::resource_name const*>();
    auto owners = std::vector<std::shared_ptr<void const>>();
    for (auto const& k : made) {
        served.push_back(k.resource);
        owners.push_back(k.owner);
    }
    kinds_.change([&](api::registry& all) {
        for (auto const* r : d.served) {
            auto const stays =
                std::any_of(served.begin(), served.end(), [&](auto const* s) { return *s == *r; });
            if (!stays) all.remove(*r);
        }
        for (auto& k : made) all.replace(std::move(k));
    });
    d.served = std::move(served);
    d.owners = std::move(owners);
}

BERTH_DECL auto custom_kinds::stop_serving(known_definition& d) -> void {
    if (d.served.empty()) return;
    kinds_.change([&](api::registry& all) {
        for (auto const* r : d.served) all.remove(*r);
    });
    d.served.clear();
    d.owners.clear();
    d.served_as.reset();
}

BERTH_DECL auto custom_kinds::clear(known_definition& known, time_point now) -> void {
    constexpr auto batch = 256;
    auto d = *known.definition;
    if (!reconcile::has_finalizer(d.metadata, custom_resource_finalizer)) return;
    if (is_established(d)) serve(known, d);
    if (!known.served.empty()) {
        auto options = api::list_options{};
        options.limit = batch;
        auto const found = client_.list(*known.served.front(), options);
        if (!found) return later(d.metadata.name, now);
        auto removal = std::vector<api::write>();
        for (auto const& o : found->items)
            if (!o->metadata().deleting())
                removal.push_back(api::remove_request{known.served.front(), o->metadata().where(), {}});
        (void)client_.commit(removal);
        if (!found->items.empty()) {
            if (removal.empty()) return later(d.metadata.name, now); // others hold them
            waiting_.insert(d.metadata.name);
            return;
        }
    }
    reconcile::set_condition(d.status.conditions,
                             {"Terminating", "False", "InstanceDeletionCompleted", "removed all instances"},
                             now);
    reconcile::remove_finalizer(d.metadata, custom_resource_finalizer);
    write(known, std::move(d), "");
}

BERTH_DECL auto custom_kinds::write(known_definition& known, custom_resource_definition changed,
                                    std::string_view subresource) -> void {
    auto const done = api::update(client_, std::move(changed), known.definition.revision_of(), subresource);
    if (done) known.definition = *done; // else somebody was faster, and we shall hear of it
}

BERTH_DECL auto custom_kinds::later(std::string const& name, time_point now) -> void {
    delayed_[name] = now + seconds(1);
}

} // namespace berth::kube
