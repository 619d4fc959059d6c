#pragma once

/// \file
/// The bodies of `berth/api/storage.hpp`.

#include <berth/api/storage.hpp>
#include <berth/core/config.hpp>

#include <algorithm>

namespace berth::api {

BERTH_DECL auto storage::read(kind const& k, object::key const& where) const -> result<object::object_ref> {
    auto const found = store::get(*store_, key_of(k.kept_as(), where));
    if (!found) return std::unexpected(found.error());
    if (!*found) return not_found(*k.resource, where.name);
    return unwrap(k, *found);
}

BERTH_DECL auto storage::list(kind const& k, std::string_view namespace_, selection const& chosen,
                              list_plan const& plan) const -> result<object_list> {
    auto const base = key_prefix(k.kept_as());
    auto const prefix = key_prefix(k.kept_as(), scope_of(k, namespace_, chosen));
    // A token may come from a wider list: never begin before what is asked for.
    auto request = store::range_request{.key = std::max(prefix, base + plan.start),
                                        .range_end = store::prefix_end(prefix),
                                        .revision = plan.at};
    if (auto const name = chosen.required("metadata.name");
        !name.empty() && prefix != base && plan.start.empty())
        request.key = prefix + std::string(name), request.range_end.clear();
    auto out = object_list{};
    while (true) {
        if (plan.limit > 0)
            request.limit = chosen.all() ? plan.limit : std::max<std::int64_t>(plan.limit, 500);
        auto const page = store_->range(request);
        if (!page)
            return page.error().code == error_code::expired ? expired(plan, base)
                                                            : std::unexpected(page.error());
        if (out.rev == 0) out.rev = plan.at != 0 ? plan.at : page->revision;
        for (std::size_t i = 0; i < page->kvs.size(); ++i) {
            auto item = unwrap(k, page->kvs[i]);
            if (!item) return std::unexpected(std::move(item).error());
            if (!chosen.matches(item->object)) continue;
            out.items.push_back(*std::move(item));
            if (plan.limit == 0 || std::ssize(out.items) < plan.limit) continue;
            if (i + 1 == page->kvs.size() && !page->more) break;
            auto const after = std::string(page->kvs[i].key()).substr(base.size()) + '\0';
            out.continue_token = continue_token{out.rev, after}.encode();
            if (chosen.all()) out.remaining = page->count - static_cast<std::int64_t>(i) - 1;
            return out;
        }
        if (!page->more) return out;
        request.key = std::string(page->kvs.back().key()) + '\0';
        request.revision = out.rev;
    }
}

BERTH_DECL auto storage::watch(std::shared_ptr<kind const> of, watch_options const& o, selection chosen,
                               object::revision from) const -> result<watcher> {
    auto const& k = *of;
    auto const initial = o.send_initial_events.value_or(from == 0);
    auto existing = object_list{};
    auto start = from;
    if (initial) {
        auto all = list(k, o.namespace_, chosen, {});
        if (!all) return std::unexpected(std::move(all).error());
        existing = *std::move(all);
        start = existing.rev;
    } else if (from == 0) {
        start = store_->revision();
    }
    auto const prefix = key_prefix(k.kept_as(), scope_of(k, o.namespace_, chosen));
    auto keys = store::watch_request{
        .key = prefix, .range_end = store::prefix_end(prefix), .start = start + 1, .want_previous = true};
    if (auto const name = chosen.required("metadata.name");
        !name.empty() && (!k.resource->namespaced || prefix != key_prefix(k.kept_as())))
        keys.key += name, keys.range_end.clear();
    auto cursor = store_->watch(keys);
    if (!cursor)
        return cursor.error().code == error_code::expired ? too_old(from, store_->compacted())
                                                          : std::unexpected(cursor.error());
    auto out = watcher(std::move(of), std::move(chosen), *std::move(cursor));
    for (auto& item : existing.items) out.begin_with(std::move(item));
    if (initial && o.send_initial_events && o.allow_bookmarks) out.end_of_initial(existing.rev);
    return out;
}

BERTH_DECL auto storage::lease_for(kind const& k) const -> result<store::lease_id> {
    return expiry_ == nullptr ? store::lease_id{0} : expiry_->lease_for(*store_, k.kept_as());
}

BERTH_DECL auto storage::has_lost_lease(store::lease_id lease, error const& why) const -> bool {
    if (lease == 0 || why.code != error_code::not_found) return false;
    expiry_->forget(lease);
    return true;
}

BERTH_DECL auto storage::unwrap(kind const& k, key_value const& kv) -> result<object::object_ref> {
    auto o = as_kind(k, kv.value());
    if (!o) return std::unexpected(std::move(o).error());
    return object::object_ref{*std::move(o), kv.mod_revision()};
}

BERTH_DECL auto storage::wrap(kind const& k, object::any_object const& o) -> result<object::any_object> {
    return k.storage.to_stored ? k.storage.to_stored(o) : o;
}

BERTH_DECL auto storage::expired(list_plan const& plan, std::string const&) -> std::unexpected<error> {
    if (plan.start.empty())
        return fail(error_code::expired, "The resourceVersion for the provided list is too old.");
    auto refusal =
        fail(error_code::expired,
             "The provided continue parameter is too old to display a consistent list result. You can "
             "start a new list without the continue parameter, or use the continue token in this "
             "response to retrieve the remainder of the results. Continuing with the provided token "
             "results in an inconsistent list - objects that were created, modified, or deleted between "
             "the time the first chunk was returned and now may show up in the list.");
    refusal.error().details.uid = continue_token{-1, plan.start}.encode();
    return refusal;
}

} // namespace berth::api
