#pragma once

/// \file
/// The bodies of `berth/kube/schedule/catalogue.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/index_labels.hpp>
#include <berth/kube/schedule/catalogue.hpp>
#include <berth/object/label_selector.hpp>

namespace berth::kube {

BERTH_DECL auto selection_of(service const& s) -> object::selector {
    return s.spec.selector.empty() ? object::selector::nothing()
                                   : object::selector::of_labels(s.spec.selector);
}

BERTH_DECL auto selection_of(replica_set const& s) -> object::selector {
    return object::to_selector(s.spec.selector).value_or(object::selector::nothing());
}

BERTH_DECL auto selection_of(pod_disruption_budget const& b) -> object::selector {
    auto out = object::to_selector(b.spec.selector).value_or(object::selector::nothing());
    return out.empty() ? object::selector::nothing() : out;
}

BERTH_DECL auto catalogue::put(object::object_ref const& o) -> bool {
    auto known = false;
    each([&]<class T>(shelf<T>& kind) {
        if (o.object.get_if<T>() == nullptr) return;
        auto const& put = kind.put(object::stored<T>(o));
        if (!indexes_matter) indexes_matter = names_index_label(put.selects);
        known = true;
    });
    return known;
}

BERTH_DECL auto catalogue::remove(object::any_object const& o) -> bool {
    auto found = false;
    each([&]<class T>(shelf<T>& kind) {
        if (auto const* const gone = o.get_if<T>())
            found = kind.remove(gone->metadata.namespace_, gone->metadata.name);
    });
    return found;
}

BERTH_DECL auto catalogue::types() -> std::vector<object::type_info const*> {
    auto out = std::vector<object::type_info const*>();
    catalogue().each([&]<class T>(shelf<T>&) { out.push_back(&object::type_of<T>()); });
    return out;
}

BERTH_DECL auto catalogue::labels_of(std::string_view space) const -> object::string_map const& {
    static auto const none = object::string_map();
    auto const* const known = namespaces.find("", space);
    return known == nullptr ? none : known->metadata.labels;
}

BERTH_DECL auto empty_catalogue() -> catalogue const& {
    static auto const empty = catalogue();
    return empty;
}

} // namespace berth::kube
