#pragma once

/// \file
/// The bodies of `berth/kube/apiextensions/custom_resource_definition/conditions.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/conditions.hpp>
#include <berth/object/detail/go_text.hpp>

#include <algorithm>
#include <utility>

namespace berth::kube::detail {

/// Accepts names one after the other; the last one that is taken is told.
class name_acceptance {
public:
    name_acceptance(custom_resource_definition const& d, taken_names const& taken)
        : asked_(d.spec.names), had_(d.status.accepted_names), accepted_(had_), taken_(taken) {}

    auto decide() -> void {
        one(&custom_resource_names::plural, taken_.resources, "PluralConflict");
        one(&custom_resource_names::singular, taken_.resources, "SingularConflict");
        short_names();
        one(&custom_resource_names::kind, taken_.kinds, "KindConflict");
        one(&custom_resource_names::list_kind, taken_.kinds, "ListKindConflict");
        accepted_.categories = asked_.categories;
    }
    [[nodiscard]] auto accepted() const -> custom_resource_names const& { return accepted_; }
    [[nodiscard]] auto observation() const -> reconcile::observation {
        if (reason_.empty()) return {"NamesAccepted", "True", "NoConflicts", "no conflicts found"};
        return {"NamesAccepted", "False", reason_, message_};
    }

private:
    static auto in_use(std::string const& name) -> std::string {
        return object::detail::go_quoted(name) + " is already in use";
    }
    auto refuse(char const* reason, std::string message) -> void {
        reason_ = reason;
        message_ = std::move(message);
    }
    auto one(std::string custom_resource_names::* name, std::set<std::string> const& taken,
             char const* reason) -> void {
        auto const& wanted = asked_.*name;
        if (wanted != had_.*name && taken.contains(wanted)) return refuse(reason, in_use(wanted));
        accepted_.*name = wanted;
    }
    auto short_names() -> void {
        if (asked_.short_names == had_.short_names) return;
        auto problems = std::vector<std::string>();
        for (auto const& name : asked_.short_names) {
            auto const& ours = had_.short_names;
            auto const own = std::find(ours.begin(), ours.end(), name) != ours.end() || name == had_.plural ||
                             name == had_.singular;
            if (!own && taken_.resources.contains(name)) problems.push_back(in_use(name));
        }
        if (problems.empty()) {
            accepted_.short_names = asked_.short_names;
            return;
        }
        auto message = std::string();
        for (auto const& p : problems) (message += message.empty() ? "" : ", ") += p;
        refuse("ShortNamesConflict", problems.size() == 1 ? message : "[" + message + "]");
    }

    custom_resource_names const& asked_;
    custom_resource_names const& had_;
    custom_resource_names accepted_;
    taken_names const& taken_;
    std::string reason_;
    std::string message_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto with_accepted_names(custom_resource_definition const& d, taken_names const& taken,
                                    time_point now) -> custom_resource_definition {
    auto out = d;
    auto names = detail::name_acceptance(d, taken);
    names.decide();
    out.status.accepted_names = names.accepted();
    auto const accepted = names.observation();
    auto& conditions = out.status.conditions;
    reconcile::set_condition(conditions, accepted, now);
    if (is_established(d)) return out;
    if (accepted.status == "True")
        reconcile::set_condition(conditions,
                                 {.type = "Established",
                                  .status = "True",
                                  .reason = "InitialNamesAccepted",
                                  .message = "the initial names have been accepted"},
                                 now);
    else
        reconcile::set_condition(conditions,
                                 {.type = "Established",
                                  .status = "False",
                                  .reason = "NotAccepted",
                                  .message = "not all names are accepted"},
                                 now);
    return out;
}

} // namespace berth::kube
