#pragma once

/// \file
/// The bodies of `berth/kube/schedule/plugins/image_locality.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/schedule/plugins/image_locality.hpp>

#include <algorithm>

namespace berth::kube::plugins::detail {

inline constexpr std::int64_t mebibyte = std::int64_t{1} << 20U;
inline constexpr std::int64_t least_image = 23 * mebibyte;
inline constexpr std::int64_t most_image = 1000 * mebibyte; ///< for each container

/// The name of an image with its tag, which is `latest` where none is given.
inline auto tagged(std::string name) -> std::string {
    auto const colon = name.rfind(':');
    auto const slash = name.rfind('/');
    if (colon == std::string::npos || (slash != std::string::npos && colon < slash)) name += ":latest";
    return name;
}

/// The image of this name that a node has, or null. Names on nodes are taken as they are.
inline auto image_of(node_info const& n, std::string const& name) -> container_image const* {
    for (auto const& image : n.value->status.images)
        if (std::find(image.names.begin(), image.names.end(), name) != image.names.end()) return &image;
    return nullptr;
}

} // namespace berth::kube::plugins::detail

namespace berth::kube::plugins {

BERTH_DECL auto images_at_hand::prepare(pod_info const& p, std::span<node_info const> nodes) const -> wanted {
    auto out = wanted();
    auto const want = [&](container const& c) {
        ++out.containers;
        auto wanted_name = detail::tagged(c.image);
        auto const known = std::find_if(out.images.begin(), out.images.end(),
                                        [&](auto const& image) { return image.name == wanted_name; });
        if (known != out.images.end()) ++known->times;
        else out.images.push_back({std::move(wanted_name), 1, 0});
    };
    for (auto const& c : p.spec().init_containers) want(c);
    for (auto const& c : p.spec().containers) want(c);
    out.all_nodes = std::ssize(nodes);
    for (auto const& n : nodes)
        if (!n.value->status.images.empty())
            for (auto& image : out.images) image.nodes += detail::image_of(n, image.name) != nullptr ? 1 : 0;
    std::erase_if(out.images, [](auto const& image) { return image.nodes == 0; });
    return out;
}

BERTH_DECL auto images_at_hand::operator()(pod_info const&, node_info const& n, wanted const& w) const
    -> schedule::points {
    auto sum = std::int64_t{0};
    for (auto const& image : w.images) {
        auto const* const here = detail::image_of(n, image.name);
        if (here == nullptr) continue;
        auto const share = static_cast<double>(image.nodes) / static_cast<double>(w.all_nodes);
        sum += image.times * static_cast<std::int64_t>(static_cast<double>(here->size_bytes) * share);
    }
    auto const most = detail::most_image * w.containers;
    sum = std::clamp(sum, detail::least_image, std::max(detail::least_image, most));
    return most <= detail::least_image ? 0
                                       : static_cast<schedule::points>(100 * (sum - detail::least_image) /
                                                                       (most - detail::least_image));
}

} // namespace berth::kube::plugins
