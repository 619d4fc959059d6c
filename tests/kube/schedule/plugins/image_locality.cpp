/// \file
/// Images that are there already.

#include "../placing.hpp"

#include <berth/kube/schedule/plugins/image_locality.hpp>

using namespace test;
namespace plugins = kube::plugins;

namespace {
constexpr auto mib = std::int64_t{1} << 20U;
auto with_image(std::string node, std::string image, std::int64_t size) -> kube::node_info {
    return info(make_node(std::move(node)).with([&](kube::node& n) {
        auto& i = n.status.images.emplace_back();
        i.names = {std::move(image)};
        i.size_bytes = size;
    }));
}
auto wanting(std::string image) -> kube::pod_info {
    return info(make_pod("p").with([&](kube::pod& p) { p.spec.containers[0].image = std::move(image); }));
}
} // namespace

TEST_CASE("a node that has a large image is better, the more so the more nodes have it") {
    auto const& s = plugins::image_locality;
    auto const one = std::vector{with_image("a", "app:v1", 500 * mib), info(make_node("b"))};
    CHECK(schedule::rate(s, wanting("app:v1"), one) == points{100 * (250 - 23) / (1000 - 23), 0});
    auto const two = std::vector{with_image("a", "app:v1", 500 * mib), with_image("b", "app:v1", 500 * mib)};
    CHECK(schedule::rate(s, wanting("app:v1"), two) == points{48, 48});
    CHECK(schedule::rate(s, wanting("app:v2"), two) == points{0, 0});
}

TEST_CASE("an image without a tag is the latest one, also behind a port") {
    auto const nodes = std::vector{with_image("a", "host:80/app:latest", 2000 * mib)};
    CHECK(schedule::rate(plugins::image_locality, wanting("host:80/app"), nodes) == points{100});
    CHECK(schedule::rate(plugins::image_locality, wanting("host:80/app:v1"), nodes) == points{0});
}

TEST_CASE("what is below 23 MiB does not count") {
    auto const nodes = std::vector{with_image("a", "app:v1", 22 * mib)};
    CHECK(schedule::rate(plugins::image_locality, wanting("app:v1"), nodes) == points{0});
}
