#pragma once

/// \file
/// The bodies of `berth/api/preconditions.hpp`.

#include <berth/api/preconditions.hpp>
#include <berth/core/config.hpp>

namespace berth::api::detail {

/// What the real API server calls the place of an object in its store.
inline auto storage_key(target const& t) -> std::string {
    auto out = std::string("/");
    if (t.of->documents.open) (out += t.of->resource->group) += '/';
    (out += t.of->resource->plural) += '/';
    if (!t.namespace_.empty()) out += t.namespace_ + "/";
    return out + t.name;
}

} // namespace berth::api::detail

namespace berth::api {

BERTH_DECL auto settle_namespace(kind const& k, std::string const& ns, object::meta& m) -> result<void> {
    if (!k.resource->namespaced) {
        m.namespace_.clear();
        return {};
    }
    if (m.namespace_.empty()) m.namespace_ = ns;
    if (m.namespace_ == ns) return {};
    return bad_request(
        "the namespace of the provided object does not match the namespace sent on the request");
}

BERTH_DECL auto check_name(target const& t, object::meta& m) -> result<void> {
    if (m.name.empty())
        return bad_request("the name of the object (" + t.name +
                           " based on URL) was undeterminable: name must be provided");
    if (m.name != t.name)
        return bad_request("the name of the object (" + m.name + ") does not match the name on the URL (" +
                           t.name + ")");
    if (!m.namespace_.empty() && m.namespace_ != t.namespace_)
        return bad_request("the namespace of the object (" + m.namespace_ +
                           ") does not match the namespace on the request (" + t.namespace_ + ")");
    m.namespace_ = t.namespace_;
    return {};
}

BERTH_DECL auto check_update(target const& t, object::meta const& m, object::object_ref const& current,
                             object::revision asked) -> result<void> {
    auto const& there = current.object.metadata();
    if (!m.uid.empty() && m.uid != there.uid)
        return conflict(*t.of->resource, t.name,
                        "StorageError: invalid object, Code: 4, Key: " + detail::storage_key(t) +
                            ", ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in "
                            "precondition: " +
                            m.uid + ", UID in object meta: " + there.uid);
    return check_revision(t, current, asked);
}

BERTH_DECL auto check_revision(target const& t, object::object_ref const& current, object::revision asked)
    -> result<void> {
    if (asked == 0 && !t.of->unconditional_update) {
        auto errors = field_errors();
        auto const metadata = field_path("metadata");
        errors.invalid(metadata.child("resourceVersion"), std::int64_t{0}, "must be specified for an update");
        return errors.refuse(t.of->resource->group, t.of->resource->plural, t.name);
    }
    if (asked != 0 && asked != current.rev) return modified(*t.of->resource, t.name);
    return {};
}

BERTH_DECL auto check_preconditions(kind const& k, object::object_ref const& current, delete_options const& o)
    -> result<void> {
    auto const& m = current.object.metadata();
    auto const check = [&](std::string_view what, std::string const& wanted, std::string const& there,
                           std::string_view since) -> result<void> {
        if (wanted.empty() || wanted == there) return {};
        if (k.held)
            return conflict(*k.resource, m.name,
                            "Precondition failed: " + std::string(what) + " in precondition: " + wanted +
                                ", " + std::string(what) + " in object meta: " + there);
        auto named = *k.resource;
        named.plural = named.kind;
        return conflict(named, m.name,
                        "the " + std::string(what) + " in the precondition (" + wanted +
                            ") does not match the " + std::string(what) + " in record (" + there +
                            "). The object might have been " + std::string(since));
    };
    if (auto ok = check("UID", o.expected_uid, m.uid, "deleted and then recreated"); !ok) return ok;
    return check("ResourceVersion", o.expected_resource_version, std::to_string(current.rev), "modified");
}

} // namespace berth::api
