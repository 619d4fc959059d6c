/// \file
/// The picture of a cluster.

#include "placing.hpp"

#include <berth/kube/schedule/cluster_map.hpp>
#include <berth/kube/schedule/profile.hpp>

#include <algorithm>

using namespace test;
using kube::default_profile;

namespace {

/// Whether each element that is opened is closed, in order, and nothing stands between `<` and `>` that may
/// not.
auto well_formed(std::string_view xml) -> bool {
    auto open = std::vector<std::string>();
    for (auto at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
        auto const end = xml.find('>', at);
        if (end == std::string_view::npos) return false;
        auto const tag = xml.substr(at + 1, end - at - 1);
        if (tag.find('<') != std::string_view::npos) return false;
        if (std::count(tag.begin(), tag.end(), '"') % 2 != 0) return false;
        auto const name = std::string(tag.substr(
            tag.starts_with('/') ? 1 : 0, tag.find_first_of(" /", 1) - (tag.starts_with('/') ? 1 : 0)));
        if (tag.starts_with('/')) {
            if (open.empty() || open.back() != tag.substr(1)) return false;
            open.pop_back();
        } else if (!tag.ends_with('/')) {
            open.push_back(name);
        }
    }
    return open.empty();
}
auto times(std::string_view what, std::string_view in) -> std::size_t {
    auto out = std::size_t{0};
    for (auto at = in.find(what); at != std::string_view::npos; at = in.find(what, at + 1)) ++out;
    return out;
}
auto many(std::size_t count) -> std::vector<kube::node_info> {
    auto out = std::vector<kube::node_info>();
    for (std::size_t i = 0; i < count; ++i)
        out.push_back(info(roomy("node-" + std::to_string(i))
                               .label("topology.kubernetes.io/zone", "z" + std::to_string(i % 3))));
    return out;
}
auto height_of(std::string_view svg) -> int {
    auto const at = svg.find("height=\"") + 8;
    return std::atoi(std::string(svg.substr(at, 8)).c_str());
}

} // namespace

TEST_CASE("a map has a box with a title for each node, by zone") {
    auto const svg = kube::cluster_map(many(10));
    CHECK(well_formed(svg));
    CHECK(times("<g><title>", svg) == 10);
    CHECK(times("class=\"group\"", svg) == 3);
    CHECK(svg.find(">node-7</text>") != std::string::npos);
    CHECK(svg.find("cpu 0 of 2 (0 %)") != std::string::npos);
    CHECK(svg == kube::cluster_map(many(10)));
}

TEST_CASE("with thousands of nodes the boxes shrink, and names are left to the titles") {
    auto const svg = kube::cluster_map(many(5000));
    CHECK(well_formed(svg));
    CHECK(times("<g><title>", svg) == 5000);
    CHECK(times("class=\"name\"", svg) == 0);
    CHECK(height_of(svg) < 1500);
    CHECK(height_of(kube::cluster_map(many(10))) < 500);
}

TEST_CASE("nodes that refuse are coloured by reason, the legend tells which, and the chosen one is marked") {
    auto nodes = many(3);
    nodes[0] = info(roomy("cordoned").with([](kube::node& n) { n.spec.unschedulable = true; }));
    nodes[1] = info(roomy("full"), {asking("x", "cpu", 2000)});
    auto const account = schedule::explain(info(asking("p", "cpu", 100)), nodes, default_profile);
    auto how = kube::map_options();
    how.account = &account;
    how.title = "a <title> & more";
    auto const svg = kube::cluster_map(nodes, how);
    CHECK(well_formed(svg));
    CHECK(svg.find("1 node, NodeUnschedulable: node(s) were unschedulable") != std::string::npos);
    CHECK(svg.find("1 node, NodeResourcesFit: Insufficient cpu") != std::string::npos);
    CHECK(times("stroke-width=\"3\"", svg) == 2); // the box and the legend
    CHECK(svg.find("a &lt;title&gt; &amp; more") != std::string::npos);
}

TEST_CASE("a map of no nodes is a picture too") { CHECK(well_formed(kube::cluster_map({}))); }

TEST_CASE("names are escaped") {
    auto const svg = kube::cluster_map(std::vector<kube::node_info>{info(roomy("a<b>&\"c\""))});
    CHECK(well_formed(svg));
    CHECK(svg.find("a&lt;b&gt;&amp;&quot;c&quot;") != std::string::npos);
}
