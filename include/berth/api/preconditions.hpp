#pragma once

/// \file
/// What must hold between a request, the object in its body and the object that is there: names, namespaces,
/// uids and revisions (apiserver 1.36, `endpoints/handlers`, `registry/rest`).

#include <berth/api/errors.hpp>
#include <berth/api/kind.hpp>
#include <berth/api/options.hpp>
#include <berth/api/validation.hpp>

#include <string>

namespace berth::api {

/// An object of a request's path.
struct target {
    kind const* of = nullptr;
    std::string namespace_;
    std::string name;
    std::string subresource;

    [[nodiscard]] auto where() const -> object::key { return {namespace_, name}; }
};

/// A new object's namespace is that of the request. Errors: `bad_request`.
[[nodiscard]] inline auto settle_namespace(kind const& k, std::string const& ns, object::meta& m)
    -> result<void> {
    if (!k.resource->namespaced) {
        m.namespace_.clear();
        return {};
    }
    if (m.namespace_.empty()) m.namespace_ = ns;
    if (m.namespace_ == ns) return {};
    return bad_request(
        "the namespace of the provided object does not match the namespace sent on the request");
}

/// An object's name and namespace are those of the request. Errors: `bad_request`.
[[nodiscard]] inline auto check_name(target const& t, object::meta& m) -> result<void> {
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

/// The preconditions of an update: uid and revision.
[[nodiscard]] inline auto check_update(target const& t, object::meta const& m,
                                       object::object_ref const& current, object::revision asked)
    -> result<void> {
    auto const& there = current.object.metadata();
    if (!m.uid.empty() && m.uid != there.uid)
        return conflict(*t.of->resource, t.name,
                        "Precondition failed: UID in precondition: " + m.uid +
                            ", UID in object meta: " + there.uid);
    if (asked == 0 && !t.of->unconditional_update) {
        auto errors = field_errors();
        auto const metadata = field_path("metadata");
        errors.invalid(metadata.child("resourceVersion"), std::int64_t{0}, "must be specified for an update");
        return errors.refuse(t.of->resource->group, t.of->resource->plural, t.name);
    }
    if (asked != 0 && asked != current.rev) return modified(*t.of->resource, t.name);
    return {};
}

/// The uid and the revision that a deletion expects. Errors: `conflict`, in the words of the kind's registry:
/// kinds that hold their own deletions have one of their own.
[[nodiscard]] inline auto check_preconditions(kind const& k, object::object_ref const& current,
                                              delete_options const& o) -> result<void> {
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
