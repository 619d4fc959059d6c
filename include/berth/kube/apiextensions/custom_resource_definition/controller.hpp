#pragma once

/// \file
/// Serves the kinds that CustomResourceDefinitions describe (apiextensions-apiserver 1.36,
/// `pkg/controller/{status,establish,finalizer}`, `customresource_handler.go`).

#include <berth/api/any_client.hpp>
#include <berth/api/registry.hpp>
#include <berth/core/config.hpp>
#include <berth/core/step.hpp>
#include <berth/kube/apiextensions/custom_resource_definition/type.hpp>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace berth::kube {

/// Follows the definitions of an API: accepts their names, serves their kinds by changing the registry, says
/// so in their conditions, and deletes the objects of those that are deleted. Each server of an API needs
/// one; what several of them write is the same.
///
/// The client and what it speaks to must outlive it. For use by one thread.
class custom_kinds {
public:
    custom_kinds(api::any_client client, api::shared_registry kinds);

    /// Looks at what has changed, and does some of what there is to do about one definition.
    auto step(time_point now) -> wake;
    auto on_wake(waker w) -> void;

private:
    struct known_definition {
        object::stored<custom_resource_definition> definition;
        std::optional<custom_resource_definition> served_as; ///< without what does not matter for its kinds
        std::vector<object::resource_name const*> served;
        std::vector<std::shared_ptr<void const>> owners; ///< of the names in `served`
    };

    /// Takes all events in; whether there may be more.
    auto hear() -> bool;
    auto take(api::watch_event const& e) -> void;
    auto forget(std::string const& name) -> void;
    auto queue_group_of(std::string const& name) -> void;

    auto visit(std::string const& name, time_point now) -> void;
    auto serve(known_definition& d, custom_resource_definition const& as) -> void;
    auto stop_serving(known_definition& d) -> void;
    /// Deletes some of the objects of a definition that goes, and lets it go when none is left.
    auto clear(known_definition& d, time_point now) -> void;
    auto write(known_definition& d, custom_resource_definition changed, std::string_view subresource) -> void;
    auto later(std::string const& name, time_point now) -> void;

    api::any_client client_;
    api::shared_registry kinds_;
    std::optional<api::any_watch> watch_;
    waker waker_{};
    std::map<std::string, known_definition> definitions_;
    std::set<std::string> waiting_;
    std::map<std::string, time_point> delayed_;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/apiextensions/custom_resource_definition/controller.ipp>
#endif
