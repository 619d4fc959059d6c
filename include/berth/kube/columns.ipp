#pragma once

/// \file
/// The bodies of `berth/kube/columns.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/columns.hpp>

namespace berth::kube {

BERTH_DECL auto joined(std::vector<std::string> const& texts, std::string_view separator) -> std::string {
    auto out = std::string();
    for (auto const& t : texts) (out += out.empty() ? "" : separator) += t;
    return out;
}

BERTH_DECL auto and_more(std::size_t count, std::size_t most) -> std::string {
    return count <= most ? std::string() : " + " + std::to_string(count - most) + " more...";
}

BERTH_DECL auto shown_labels(object::string_map const& labels) -> std::string {
    auto out = std::string();
    for (auto const& [key, value] : labels) ((out += out.empty() ? "" : ",") += key) += "=" + value;
    return or_none(out);
}

BERTH_DECL auto container_names(pod_spec const& spec) -> std::string {
    auto out = std::string();
    for (auto const& c : spec.containers) (out += out.empty() ? "" : ",") += c.name;
    return out;
}

BERTH_DECL auto container_images(pod_spec const& spec) -> std::string {
    auto out = std::string();
    for (auto const& c : spec.containers) (out += out.empty() ? "" : ",") += c.image;
    return out;
}

} // namespace berth::kube
