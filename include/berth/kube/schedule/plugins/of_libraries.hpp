#pragma once

/// \file
/// Plugins from shared libraries as leaves of a scheduler's profile, chosen when the program runs. In no
/// compiled profile: see `configured_profile.hpp`.

#include <berth/kube/schedule/facets.hpp>
#include <berth/kube/schedule/infos.hpp>
#include <berth/schedule/plugin_library.hpp>
#include <berth/schedule/score.hpp>

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace berth::kube::plugins {

/// What plugins may read of pods and nodes, all of it whole numbers (`BERTH_INT64`). Of a pod: `cpu` (in
/// thousandths of a processor), `memory` and `storage` (in bytes), `gpu` (whole ones, `nvidia.com/gpu`),
/// which it asks for, and its `priority`. Of a node the same with `_allocatable` for what it has and
/// `_requested` for what its pods ask for, `pods_allocatable` and `pods` for how many pods it may run and
/// has, and `cordoned`, which is 1 if it takes no new ones. Of both, `label:KEY` is the number that stands
/// for the value of that label (`berth_text_number`), 0 if there is none.
[[nodiscard]] BERTH_DECL auto library_vocabulary() -> schedule::plugin_vocabulary<pod_info, node_info> const&;

/// A plugin of a library as a profile has it: opened with its arguments, as a filter, as a score, or as both.
struct library_plugin {
    std::string name;
    std::optional<schedule::library_filter<pod_info, node_info>> filter = {};
    std::optional<schedule::library_score<pod_info, node_info>> score = {};
    schedule::points weight = 1;
};
/// Those of a profile, in their order.
using library_plugins = std::vector<library_plugin>;

/// What of a node such plugins may read.
using read_by_libraries =
    schedule::reads<&node_info::allocatable, &node_info::requested, &node_info::pod_limit, facets::pod_count,
                    facets::cordoned, facets::labels>;

/// All plugins of libraries that filter, as one leaf: it refuses a node for what the first of them says that
/// refuses it. Takes no part where there are none. Plugins are asked about one node at a time, as the
/// scheduler asks again only about nodes that have changed.
struct library_filters {
    using reads = read_by_libraries;
    struct asks {};

    std::span<library_plugin const> all = {}; ///< must outlive this

    auto prepare(pod_info const& p) const -> std::optional<asks>;
    auto operator()(pod_info const& p, node_info const& n, asks const&) const -> schedule::verdict;
};
/// The sum of the points of all that score, each times its weight. Stock plugins give up to 100 points.
struct library_scores {
    using reads = read_by_libraries;
    struct asks {};

    std::span<library_plugin const> all = {}; ///< must outlive this

    auto prepare(pod_info const& p) const -> std::optional<asks>;
    auto operator()(pod_info const& p, node_info const& n, asks const&) const -> schedule::points;
};

namespace detail {
BERTH_DECL auto names_of_filters(std::span<library_plugin const> all) -> std::string;
BERTH_DECL auto names_of_scores(std::span<library_plugin const> all) -> std::string;
} // namespace detail

/// The leaf of a filter, which is called as its plugins are.
struct library_filter_leaf : schedule::is_filter {
    using callable_type = library_filters;
    static constexpr std::string_view name = "libraries";

    callable_type callable;

    static auto describe_into(std::string& out, library_filter_leaf const* self, schedule::detail::binding)
        -> void {
        out += self == nullptr ? std::string(name) : detail::names_of_filters(self->callable.all);
    }
};
/// The same of a score.
struct library_score_leaf : schedule::is_score {
    using callable_type = library_scores;
    static constexpr std::string_view name = "libraries";

    callable_type callable;

    static auto describe_into(std::string& out, library_score_leaf const* self, schedule::detail::binding)
        -> void {
        out += self == nullptr ? std::string(name) : detail::names_of_scores(self->callable.all);
    }
};

} // namespace berth::kube::plugins

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/schedule/plugins/of_libraries.ipp>
#endif
