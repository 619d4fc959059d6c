#pragma once

/// \file
/// What a controller wants done, as a value: a list of steps that compares with `==`, so that a test of a
/// controller compares two values.

#include <berth/api/options.hpp>
#include <berth/core/config.hpp>
#include <berth/reconcile/fwd.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::reconcile {

using object::key;

/// Which object something is about.
struct reference {
    object::resource_name const* resource = nullptr;
    key where;
    std::string uid; ///< empty: any

    reference() = default;
    reference(object::resource_name const& r, key k, std::string u = {})
        : resource(&r), where(std::move(k)), uid(std::move(u)) {}
    explicit reference(object::any_object const& o)
        : reference(o.resource(), o.metadata().where(), o.metadata().uid) {}

    friend auto operator==(reference const& a, reference const& b) -> bool {
        if (a.resource != b.resource && (!a.resource || !b.resource || *a.resource != *b.resource))
            return false;
        return a.where == b.where && a.uid == b.uid;
    }
};

/// Make an object.
struct create_step {
    object::any_object object;

    friend auto operator==(create_step const&, create_step const&) -> bool = default;
};

/// Replace an object, or one of its subresources, if it is still at the revision that the decision was made
/// from.
struct update_step {
    object::any_object object;
    object::revision based_on = 0;
    std::string subresource; ///< empty, `status`, ...

    friend auto operator==(update_step const&, update_step const&) -> bool = default;
};

/// Patch an object, or one of its subresources.
struct patch_step {
    reference target;
    object::revision based_on = 0; ///< 0: whatever it is now
    api::patch_type type = api::patch_type::merge;
    std::string body;
    std::string subresource;

    friend auto operator==(patch_step const&, patch_step const&) -> bool = default;
};

/// Server-side apply: state what is wanted of an object, there or not, and own that.
struct apply_step {
    reference target; ///< its uid does not matter: the object may have to be made
    std::string body; ///< JSON: what is stated, with `apiVersion`, `kind` and `metadata.name`
    std::string subresource;
    std::string manager; ///< who states it; empty: the controller
    bool force = true;   ///< take over fields that others own: a controller knows what it wants

    friend auto operator==(apply_step const&, apply_step const&) -> bool = default;
};

/// Delete an object, if it is still the same one.
struct remove_step {
    reference target;
    object::revision based_on = 0; ///< 0: whatever it is now
    std::optional<std::int64_t> grace_seconds;
    std::optional<api::propagation> policy;

    friend auto operator==(remove_step const&, remove_step const&) -> bool = default;
};

/// Post to a subresource that is an action: `binding`, `eviction`.
struct act_step {
    reference target;
    std::string action;
    object::any_object body;

    friend auto operator==(act_step const&, act_step const&) -> bool = default;
};

/// Writes nothing: the plan goes on only if an object that it does not write still is as it was when the plan
/// was made. It is looked up right before the next step; what happens between the two is not seen.
struct require_step {
    reference target;
    object::revision at = 0; ///< 0: it must not be there

    friend auto operator==(require_step const&, require_step const&) -> bool = default;
};

/// Something that people should know, handed to the loop's recorder (which may make Events of it). In the
/// message
/// `{name}` stands for the name of the object that the step before wrote, as the server named it, and
/// `{error}` for the error of the step before.
struct note {
    /// Whether it depends on the outcome of the step before. Without one, `succeeded` holds and `failed` does
    /// not.
    enum class when : std::uint8_t { always, succeeded, failed };

    reference regarding;
    std::string type; ///< `Normal` or `Warning`
    std::string reason;
    std::string message;
    when condition = when::succeeded;

    friend auto operator==(note const&, note const&) -> bool = default;
};

using step =
    std::variant<create_step, update_step, patch_step, apply_step, remove_step, act_step, require_step, note>;

/// A step that was tried and did not succeed.
struct failure {
    step what;
    error why;

    friend auto operator==(failure const&, failure const&) -> bool = default;
};

/// What to do with the rest of a plan when a step of it fails.
enum class on_failure : std::uint8_t {
    stop,  ///< leave it: it was decided for a world in which the step succeeds
    go_on, ///< try it: the steps do not depend on each other
};

/// How to patch.
struct patching {
    api::patch_type type = api::patch_type::merge;
    std::string_view subresource = {};
    bool any_revision = false; ///< do not insist on the revision that the decision was made from
};

/// How to apply.
struct applying {
    std::string_view subresource = {};
    std::string_view manager = {}; ///< empty: the controller
    bool force = true;             ///< take over fields that others own
};

/// Why a controller could not decide on more than it did.
struct plan_error {
    std::string message;
    bool terminal = false; ///< to look again does not help, only a change does

    friend auto operator==(plan_error const&, plan_error const&) -> bool = default;
};

/// How to delete.
struct removing {
    std::optional<std::int64_t> grace_seconds = {};
    std::optional<api::propagation> policy = {};
    bool any_revision = false; ///< insist on the uid alone
};

/// What a controller wants done for one key. Steps are tried in order. A step on an object that an earlier
/// step of the same plan has written builds on that write. The empty plan says that all is well.
struct plan {
    std::vector<step> steps;
    std::optional<duration> again_after; ///< look at the key again after this time, even if nothing changes
    reconcile::on_failure policy = reconcile::on_failure::stop;
    std::optional<plan_error> error = {}; ///< what kept the controller from deciding

    /// Whether there is nothing to do. (It may still be to look again later.)
    [[nodiscard]] auto empty() const -> bool { return steps.empty(); }

    auto create(object::any_object object) -> plan&;
    template <object::kind_type T> auto create(T object) -> plan& {
        return create(object::any_object(std::move(object)));
    }

    /// `before` becomes `after`. An update that changes nothing is left out.
    auto update(object::object_ref const& before, object::any_object after, std::string_view subresource = {})
        -> plan&;
    /// As above, for what has a `ref()`: `seen<T>`, `object::stored<T>`.
    template <object::kind_type T, class Before>
        requires requires(Before const& b) { b.ref(); }
    auto update(Before const& before, T after, std::string_view subresource = {}) -> plan& {
        if (!(*before == after)) update(before.ref(), object::any_object(std::move(after)), subresource);
        return *this;
    }
    /// The status of `before` becomes that of `after`.
    template <object::kind_type T, class Before>
        requires requires(Before const& b) { b.ref(); }
    auto update_status(Before const& before, T after) -> plan& {
        return update(before, std::move(after), "status");
    }

    auto patch(object::object_ref const& target, std::string body, patching how = {}) -> plan&;
    template <class Target>
        requires requires(Target const& t) { t.ref(); }
    auto patch(Target const& target, std::string body, patching how = {}) -> plan& {
        return patch(target.ref(), std::move(body), how);
    }

    /// States in `body` (JSON) what is wanted of an object, whether it is there or not; see `apply_step`.
    auto apply(reference target, std::string body, applying how = {}) -> plan&;
    /// The same of what an object holds: its members that are not empty, and those that are always written.
    auto apply(object::any_object const& wanted, applying how = {}) -> plan&;
    template <object::kind_type T> auto apply(T wanted, applying how = {}) -> plan& {
        return apply(object::any_object(std::move(wanted)), how);
    }

    auto remove(object::object_ref const& target, removing how = {}) -> plan&;
    template <class Target>
        requires requires(Target const& t) { t.ref(); }
    auto remove(Target const& target, removing how = {}) -> plan& {
        return remove(target.ref(), how);
    }

    /// Posts `body` to the subresource `action` of `target`.
    auto act(reference target, std::string action, object::any_object body) -> plan&;

    /// Goes on only if `target` still is as it was; see `require_step`.
    auto require(object::object_ref const& target) -> plan&;
    template <class Target>
        requires requires(Target const& t) { t.ref(); }
    auto require(Target const& target) -> plan& {
        return require(target.ref());
    }
    /// Goes on only if there still is no such object.
    auto require_absent(reference target) -> plan&;

    auto tell(note what) -> plan&;
    /// A note of type `Normal`, if the step before succeeded.
    template <class Regarding>
        requires requires(Regarding const& r) { r.ref(); }
    auto tell(Regarding const& regarding, std::string reason, std::string message) -> plan& {
        return tell({reference(regarding.ref().object), "Normal", std::move(reason), std::move(message)});
    }
    /// A note of type `Warning`.
    template <class Regarding>
        requires requires(Regarding const& r) { r.ref(); }
    auto warn(Regarding const& regarding, std::string reason, std::string message,
              note::when condition = note::when::always) -> plan& {
        return tell(
            {reference(regarding.ref().object), "Warning", std::move(reason), std::move(message), condition});
    }

    /// Look at the key again after `d` at the latest; the soonest wish counts.
    auto look_again(duration d) -> plan&;

    /// The controller could not find out what to do, and what it could is in the plan: the key backs off, as
    /// after a step that failed.
    auto retry(std::string why) -> plan&;
    /// The same, where to try again would not help (a specification that contradicts itself, say): the key is
    /// left alone until something happens to it. The last `retry` or `give_up` counts.
    auto give_up(std::string why) -> plan&;

    friend auto operator==(plan const&, plan const&) -> bool = default;

private:
    // One function for all kinds of steps is compiled once.
    auto push(step s) -> void;
};

/// The kind that a step writes, or null for one that writes nothing.
[[nodiscard]] BERTH_DECL auto resource_of(step const& s) -> object::resource_name const*;

/// A step in words: `create pods default/web-`, `update deployments/status default/web`.
[[nodiscard]] BERTH_DECL auto to_string(step const& s) -> std::string;

} // namespace berth::reconcile

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/reconcile/plan.ipp>
#endif
