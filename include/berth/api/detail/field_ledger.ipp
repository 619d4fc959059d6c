#pragma once

/// \file
/// The bodies of `berth/api/detail/field_ledger.hpp`.

#include <berth/api/detail/field_ledger.hpp>
#include <berth/core/config.hpp>
#include <berth/object/detail/go_text.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <utility>

namespace berth::api::detail {

BERTH_DECL auto entry_of(field_write const& w, std::string_view operation) -> object::managed_fields_entry {
    return w.pool->entry_of(w.manager, operation, api_version(*w.resource), w.subresource);
}

BERTH_DECL auto ledger::owner_of(object::managed_fields_entry const& e) -> object::field_owner {
    auto const applied = e.operation == applies;
    auto out = object::field_owner{e.manager, e.api_version, applied, nullptr};
    for (auto const part : {std::string_view(e.operation), std::string_view(e.subresource),
                            applied ? std::string_view() : std::string_view(e.api_version)})
        (out.name += '\0') += part;
    return out;
}

BERTH_DECL ledger::ledger(managed_entries entries, fields_pool& pool)
    : entries_(std::move(entries)), pool_(pool) {
    owners_.reserve(entries_.size() + 1);
    for (auto const& e : entries_) {
        auto owner = owner_of(e);
        owner.fields = {std::shared_ptr<void>(), &e.fields_v1.set()}; // the entry holds it
        owners_.push_back(std::move(owner));
    }
}

BERTH_DECL auto ledger::place(object::managed_fields_entry const& who) -> std::size_t {
    auto owner = owner_of(who);
    for (std::size_t n = 0; n < owners_.size(); ++n)
        if (owners_[n].name == owner.name) return n;
    owner.fields = std::make_shared<object::field_set const>();
    owners_.push_back(std::move(owner));
    entries_.push_back(who);
    return owners_.size() - 1;
}

inline auto time_of(object::managed_fields_entry const& e) -> std::int64_t {
    return e.time && !e.time->is_zero() ? e.time->unix_seconds : 0;
}

BERTH_DECL auto ledger::cap() -> void {
    auto updaters = std::vector<std::size_t>();
    for (std::size_t n = 0; n < owners_.size(); ++n)
        if (!owners_[n].applies && !owners_[n].fields->empty()) updaters.push_back(n);
    if (updaters.size() <= most_updaters) return;
    std::sort(updaters.begin(), updaters.end(), [this](std::size_t a, std::size_t b) {
        return std::pair(time_of(entries_[a]), std::string_view(owners_[a].name)) <
               std::pair(time_of(entries_[b]), std::string_view(owners_[b].name));
    });
    struct bucket {
        std::vector<std::size_t> from;
        std::optional<object::timestamp> time;
    };
    auto buckets = std::map<std::string, bucket, std::less<>>();
    auto left = updaters.size();
    for (auto const n : updaters) {
        if (left <= most_updaters) break;
        auto& b = buckets[owners_[n].version];
        if (!b.from.empty()) --left; // the first alone keeps its name
        b.from.push_back(n);
        b.time = entries_[n].time;
    }
    for (auto const& [version, b] : buckets)
        if (b.from.size() > 1) fill_bucket(version, b.from, b.time);
}

BERTH_DECL auto ledger::fill_bucket(std::string const& version, std::vector<std::size_t> const& from,
                                    std::optional<object::timestamp> time) -> void {
    auto const into = place(pool_.entry_of(ancient_manager, updates, version, {}));
    auto all = *owners_[into].fields;
    auto const nothing = std::make_shared<object::field_set const>();
    for (auto const n : from) {
        if (n == into) continue;
        for (auto const& node : owners_[n].fields->nodes()) all.add(node.element, node.member, node.below);
        owners_[n].fields = nothing;
    }
    all.finish();
    owners_[into].fields = std::make_shared<object::field_set const>(std::move(all));
    touch(into, time);
}

BERTH_DECL auto ledger::finish() && -> managed_entries {
    auto order = std::vector<std::size_t>();
    for (std::size_t n = 0; n < owners_.size(); ++n) {
        auto& e = entries_[n];
        if (owners_[n].fields->empty()) continue;
        order.push_back(n);
        if (e.api_version != owners_[n].version) e.api_version = owners_[n].version;
        if (e.fields_v1.empty() || owners_[n].fields.get() != &e.fields_v1.set())
            e.fields_v1 = pool_.share(object::shared_fields(*owners_[n].fields));
        else e.fields_v1 = pool_.share(std::move(e.fields_v1));
    }
    auto const key = [this](std::size_t n) {
        auto const& e = entries_[n];
        return std::tuple(std::string_view(e.operation), time_of(e), std::string_view(e.manager),
                          std::string_view(e.api_version), std::string_view(e.subresource), n);
    };
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    auto out = managed_entries();
    out.reserve(order.size());
    for (auto const n : order) out.push_back(std::move(entries_[n]));
    return out;
}

BERTH_DECL auto stripped_fields() -> object::field_set const& {
    static auto const fields = object::field_set::decode(
        R"({"f:apiVersion":{},"f:kind":{},"f:metadata":{".":{},"f:clusterName":{},"f:creationTimestamp":{},)"
        R"("f:generation":{},"f:managedFields":{},"f:name":{},"f:namespace":{},"f:resourceVersion":{},)"
        R"("f:selfLink":{},"f:uid":{}}})");
    return *fields;
}

BERTH_DECL auto well_formed(managed_entries const& entries) -> bool {
    return std::all_of(entries.begin(), entries.end(), [](object::managed_fields_entry const& e) {
        return (e.operation == updates || e.operation == applies) && !e.api_version.empty() &&
               e.fields_type == "FieldsV1" && e.fields_v1.is_set();
    });
}

/// `"kubectl" with subresource "status" using apps/v1 at 2026-03-01T12:00:00Z`.
inline auto told_manager(object::managed_fields_entry const& e) -> std::string {
    auto out = object::detail::go_quoted(e.manager);
    if (!e.subresource.empty()) (out += " with subresource ") += object::detail::go_quoted(e.subresource);
    if (e.operation == updates) (out += " using ") += e.api_version;
    return out;
}

BERTH_DECL auto refuse_conflicts(ledger const& book, std::vector<object::field_conflict> const& conflicts)
    -> std::unexpected<error> {
    auto details = error_details{};
    auto by_manager = std::map<std::string, std::vector<std::string>>();
    for (auto const& c : conflicts) {
        auto const manager = told_manager(book.entry(c.owner));
        auto path = object::shown(c.path);
        details.causes.push_back({"FieldManagerConflict", "conflict with " + manager, path});
        by_manager[manager].push_back(std::move(path));
    }
    auto const n = conflicts.size();
    auto message = "Apply failed with " + std::to_string(n) + (n == 1 ? " conflict: " : " conflicts: ");
    if (n == 1) {
        message += details.causes.front().message + ": " + details.causes.front().field;
        return fail(error_code::conflict, std::move(message), std::move(details));
    }
    auto between = "";
    for (auto const& [manager, paths] : by_manager) {
        ((message += std::exchange(between, "\n")) += "conflicts with ") += manager + ":";
        for (auto const& path : paths) (message += "\n- ") += path;
    }
    return fail(error_code::conflict, std::move(message), std::move(details));
}

BERTH_DECL auto text_member(boost::json::value const& document, std::string_view name) -> std::string {
    auto const* const found = document.get_object().if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

inline auto metadata_of(boost::json::value const& document) -> boost::json::object const* {
    auto const* const found = document.get_object().if_contains("metadata");
    return found == nullptr ? nullptr : found->if_object();
}

/// `default/web; apps/v1, Kind=Deployment`: how messages name what is applied.
inline auto told_document(boost::json::value const& document, object::resource_name const& r) -> std::string {
    auto const* const m = metadata_of(document);
    auto const text = [&](std::string_view name) {
        auto const* const found = m == nullptr ? nullptr : m->if_contains(name);
        return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
    };
    return text("namespace") + "/" + text("name") + "; " + std::string(r.group) + "/" +
           std::string(r.version) + ", Kind=" + std::string(r.kind);
}

BERTH_DECL auto check_document(boost::json::value const& document, object::resource_name const& r)
    -> result<void> {
    auto const version = text_member(document, "apiVersion");
    auto const kind = text_member(document, "kind");
    if (version != api_version(r) || kind != r.kind)
        return bad_request(
            "invalid object type: " + (version.find('/') == std::string::npos ? "/" : std::string()) +
            version + ", Kind=" + kind);
    auto const* const m = metadata_of(document);
    if (auto const* const managed = m == nullptr ? nullptr : m->if_contains("managedFields");
        managed != nullptr && !managed->is_null())
        return bad_request("metadata.managedFields must be nil");
    return {};
}

BERTH_DECL auto refuse_document(error const& why, boost::json::value const& document,
                                object::resource_name const& r) -> std::unexpected<error> {
    auto const what = told_document(document, r);
    if (why.code == error_code::invalid)
        return bad_request("failed to create typed patch object (" + what + "): " + why.message);
    return bad_request("failed to convert new object (" + what +
                       ") to proper version: unable to convert unstructured object to " +
                       std::string(r.group) + "/" + std::string(r.version) + ", Kind=" + std::string(r.kind) +
                       ": " + why.message);
}

BERTH_DECL auto refuse_live(error const& why, boost::json::value const& document,
                            object::resource_name const& r) -> std::unexpected<error> {
    return bad_request("failed to create typed live object (" + told_document(document, r) +
                       "): " + why.message);
}

} // namespace berth::api::detail
