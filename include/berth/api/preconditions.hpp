#pragma once

/// \file
/// What must hold between a request, the object in its body and the object that is there: names, namespaces,
/// uids and revisions (apiserver 1.36, `endpoints/handlers`, `registry/rest`).

#include <berth/api/errors.hpp>
#include <berth/api/kind.hpp>
#include <berth/api/options.hpp>
#include <berth/api/validation.hpp>
#include <berth/core/config.hpp>

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
[[nodiscard]] BERTH_DECL auto settle_namespace(kind const& k, std::string const& ns, object::meta& m)
    -> result<void>;

/// An object's name and namespace are those of the request. Errors: `bad_request`.
[[nodiscard]] BERTH_DECL auto check_name(target const& t, object::meta& m) -> result<void>;

/// That an update is of the revision that is there (0: of any, if the kind allows it). Errors: `conflict`,
/// and `invalid` where the revision must be named.
[[nodiscard]] BERTH_DECL auto check_revision(target const& t, object::object_ref const& current,
                                             object::revision asked) -> result<void>;

/// The preconditions of an update: uid and revision. (A patch has none of the uid: what it makes of it is
/// checked.)
[[nodiscard]] BERTH_DECL auto check_update(target const& t, object::meta const& m,
                                           object::object_ref const& current, object::revision asked)
    -> result<void>;

/// The uid and the revision that a deletion expects. Errors: `conflict`, in the words of the kind's registry:
/// kinds that hold their own deletions have one of their own.
[[nodiscard]] BERTH_DECL auto check_preconditions(kind const& k, object::object_ref const& current,
                                                  delete_options const& o) -> result<void>;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/preconditions.ipp>
#endif
