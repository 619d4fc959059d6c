#pragma once

/// \file
/// The bodies of `berth/kube/autoscaling/horizontal_pod_autoscaler_v1/kind.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/defaults.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/table.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler/validation.hpp>
#include <berth/kube/autoscaling/horizontal_pod_autoscaler_v1/kind.hpp>

#include <array>

namespace berth::kube::detail {

template <std::size_t N> auto column_of_newer(horizontal_pod_autoscaler_v1 const& a, time_point now)
    -> api::cell {
    return horizontal_pod_autoscaler_columns()[N].value(to_version_2(a), now);
}

template <std::size_t... N>
auto columns_of_newer(std::index_sequence<N...>)
    -> std::vector<api::column_of<horizontal_pod_autoscaler_v1>> {
    auto const newer = horizontal_pod_autoscaler_columns();
    auto out = std::vector<api::column_of<horizontal_pod_autoscaler_v1>>();
    constexpr auto values = std::array{&column_of_newer<N>...};
    for (std::size_t i = 0; i < sizeof...(N); ++i)
        out.push_back(
            {.name = newer[i].name, .value = values[i], .type = newer[i].type, .format = newer[i].format});
    return out;
}

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto horizontal_pod_autoscaler_v1_kind() -> api::kind_of<horizontal_pod_autoscaler_v1> {
    using older = horizontal_pod_autoscaler_v1;
    auto k = api::kind_of<older>{};
    k.short_names = {"hpa"};
    k.categories = {"all"};
    k.storage = api::stored_as<older, horizontal_pod_autoscaler>(
        [](older const& a) {
            auto out = to_version_2(a);
            set_defaults(out);
            return out;
        },
        &to_version_1);
    k.set_defaults = [](older& a) {
        if (!a.spec.min_replicas) a.spec.min_replicas = 1;
    };
    k.validate = [](older const& a, api::field_errors& errors) { validate(to_version_2(a), errors); };
    k.validate_update = [](older const& now, older const& before, api::field_errors& errors) {
        validate_update(to_version_2(now), to_version_2(before), errors);
    };
    k.validate_status = [](older const& now, older const& before, api::field_errors& errors) {
        validate_status(to_version_2(now), to_version_2(before), errors);
    };
    k.columns = detail::columns_of_newer(std::make_index_sequence<7>());
    return k;
}

} // namespace berth::kube
