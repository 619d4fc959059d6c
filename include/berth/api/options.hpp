#pragma once

/// \file
/// What can be said with a request: the options of Kubernetes' `GetOptions`, `ListOptions`, `CreateOptions`,
/// `UpdateOptions`, `PatchOptions` and `DeleteOptions` (meta/v1, 1.36), as plain values.

#include <berth/object/any_object.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::api {

struct fence;

/// How to treat members of a body that the kind does not know, or that occur twice.
enum class field_validation : std::uint8_t { ignore, warn, strict };

/// Options of a read of one object.
struct get_options {
    std::string resource_version{}; ///< empty or any revision: the answer is never older
    std::string subresource{};      ///< one that shows the object as another, such as `scale`
};

/// Options of a list. A revision is its decimal text; empty means the latest.
struct list_options {
    std::string namespace_; ///< empty: all namespaces
    std::string label_selector;
    std::string field_selector;
    std::string resource_version;
    std::string resource_version_match; ///< empty, `Exact` or `NotOlderThan`
    std::int64_t limit = 0;             ///< objects per page; 0: all
    std::string continue_token;
    std::optional<bool> send_initial_events; ///< not allowed on a list; kept to say so
};

/// Options of a watch.
struct watch_options {
    std::string namespace_; ///< empty: all namespaces
    std::string label_selector;
    std::string field_selector;
    std::string resource_version; ///< empty or `0`: begin with what is there; else after that revision
    std::string resource_version_match;
    std::optional<bool> send_initial_events;
    bool allow_bookmarks = false;
    std::string continue_token; ///< not allowed on a watch; kept to say so
};

/// Options of every write.
struct write_options {
    bool dry_run = false; ///< do everything but persist
    field_validation validation = field_validation::ignore;
    std::string field_manager;
    std::shared_ptr<fence const> fenced_by = {}; ///< the leadership that must still last; null: none must
};

/// Options of a create.
struct create_options : write_options {};

/// Options of an update of an object or of one of its subresources.
struct update_options : write_options {
    std::string subresource; ///< empty, `status`, ...
    object::revision expected =
        0; ///< the revision that must be current; 0: the object's `resource_version` decides
};

/// The form of a patch.
enum class patch_type : std::uint8_t { json, merge, strategic };

/// A patch: its form and its JSON text.
struct patch {
    patch_type type = patch_type::merge;
    std::string body;
};

/// Options of a patch.
struct patch_options : write_options {
    std::string subresource;
    object::revision expected = 0; ///< as in `update_options`
    bool force = false;            ///< of an `apply`: take over conflicting fields
};

/// What becomes of an object's dependents.
enum class propagation : std::uint8_t { background, foreground, orphan };

/// Options of a deletion.
struct delete_options : write_options {
    std::optional<std::int64_t> grace_period_seconds;
    std::optional<propagation> policy;
    std::string expected_uid;              ///< empty: any
    std::string expected_resource_version; ///< empty: any
};

/// What a deletion did.
struct deletion {
    bool gone = false;         ///< false: the object stays until its finalizers or its grace period let it go
    object::object_ref object; ///< its last (or present) state
};

/// A page of a list.
struct object_list {
    std::vector<object::object_ref> items;
    object::revision rev = 0;   ///< the moment of the list
    std::string continue_token; ///< empty: this was the last page
    std::optional<std::int64_t> remaining;
};

/// What a watch tells.
struct watch_event {
    enum class kind : std::uint8_t { added, modified, deleted, bookmark };

    kind type = kind::added;
    object::object_ref object;       ///< empty for a bookmark; `rev` says up to where the watch has come
    object::any_object previous;     ///< the state before, when known (modified, deleted)
    bool initial_events_end = false; ///< a bookmark: everything that was there has been sent
};

[[nodiscard]] constexpr auto to_string(watch_event::kind k) -> std::string_view {
    switch (k) {
    case watch_event::kind::added: return "ADDED";
    case watch_event::kind::modified: return "MODIFIED";
    case watch_event::kind::deleted: return "DELETED";
    case watch_event::kind::bookmark: return "BOOKMARK";
    }
    return "";
}

} // namespace berth::api
