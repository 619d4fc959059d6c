#pragma once

/// \file
/// Filters and scores from a shared library, by the C interface of `plugin_abi.h`: built by another compiler,
/// in another language, and chosen when the program runs.
///
/// ```cpp
/// constexpr auto of_hosts = std::array{schedule::plugin_field<&host::cpu_free>("cpu_free")};
/// constexpr auto of_tasks = std::array{schedule::plugin_field<&task::cpu>("cpu")};
/// auto const words = schedule::plugin_vocabulary<task, host>{of_tasks, of_hosts};
/// auto const library = schedule::plugin_library::open("./libtidal.so");
/// auto const fits = library->filter("tidal", words);      // result<library_filter<task, host>>
/// auto const policy = schedule::profile{.filter = *fits and tolerates};
/// ```
/// The host's vocabulary says which fields there are; a plugin names those that it reads, and is given no
/// others. These are copied into columns and the plugin is called once, about all nodes, for each decision of
/// `place`; a host whose nodes stay between decisions keeps the columns (`plugin_columns`). A `placer` asks
/// again only about nodes that tasks have entered or left; where anything else of a node changes, about all.
/// A score is asked about nodes that the filter refuses as well. Both leaves can be held by an `any_filter`
/// and an `any_score`, which are always asked about all nodes.

#include <berth/core/assert.hpp>
#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/schedule/detail/plugin_call.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/plugin_abi.h>
#include <berth/schedule/plugin_columns.hpp>
#include <berth/schedule/score.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::schedule {
namespace detail {

/// The column of a name and a type in a vocabulary; what is wrong if there is none.
[[nodiscard]] BERTH_DECL auto no_such_field(std::string_view plugin, std::string_view what,
                                            berth_field const& wanted, std::vector<std::string> const& known)
    -> std::string;

/// Where the columns that a plugin reads are among those that there are.
template <class T>
auto columns_read_by(open_plugin const& p, std::string_view what, std::vector<berth_field> const& wanted,
                     std::span<plugin_column<T> const> known) -> result<std::vector<std::size_t>> {
    auto out = std::vector<std::size_t>();
    for (auto const& f : wanted) {
        auto const at = std::find_if(known.begin(), known.end(),
                                     [&](auto const& c) { return c.is_called(f.name) && c.type == f.type; });
        if (at != known.end()) {
            out.push_back(static_cast<std::size_t>(at - known.begin()));
            continue;
        }
        auto names = std::vector<std::string>();
        for (auto const& c : known)
            names.push_back(std::string(c.name) + (c.family ? "KEY" : "") +
                            (c.type == BERTH_DOUBLE ? " (double)" : ""));
        return fail(error_code::invalid, no_such_field(p.name, what, f, names));
    }
    return out;
}

} // namespace detail

/// A filter that a library answers.
template <class Task, class Node> struct library_filter : is_filter {
    using callable_type = detail::library_filter_call<Task, Node>;
    static constexpr std::string_view name = "plugin";

    callable_type callable;

    static auto describe_into(std::string& out, library_filter const* self, detail::binding) -> void {
        out += self == nullptr ? std::string(name) : self->callable.bound.plugin->name;
    }
};

/// A score that a library answers.
template <class Task, class Node> struct library_score : is_score {
    using callable_type = detail::library_score_call<Task, Node>;
    static constexpr std::string_view name = "plugin";

    callable_type callable;

    static auto describe_into(std::string& out, library_score const* self, detail::binding) -> void {
        out += self == nullptr ? std::string(name) : self->callable.bound.plugin->name;
    }
};

/// A library that is loaded, and stays so until the program ends: the reasons for which its plugins refuse
/// are its own texts.
class plugin_library {
public:
    /// Loads a library. Errors: `not_found`, it cannot be loaded; `invalid`, it is none of ours, speaks
    /// another version, or its table makes no sense. The message says which and why.
    [[nodiscard]] static auto open(std::string const& file) -> result<plugin_library>;
    /// The plugins of a table that is in this program already. Errors: as above.
    [[nodiscard]] static auto of(berth_plugins const* table, std::string_view what) -> result<plugin_library>;

    /// The names of its plugins.
    [[nodiscard]] auto names() const -> std::vector<std::string>;
    /// Whether it has a plugin of this name that is a filter.
    [[nodiscard]] auto filters(std::string_view name) const -> bool;
    /// The same of a score.
    [[nodiscard]] auto scores(std::string_view name) const -> bool;

    /// A plugin as a filter, opened with some arguments. Errors: `not_found`, there is no such plugin;
    /// `invalid`, it is no filter, reads a field that the host does not have, or refuses its arguments.
    template <class Task, class Node>
    [[nodiscard]] auto filter(std::string_view name, plugin_vocabulary<Task, Node> const& words,
                              std::string const& arguments = {}) const -> result<library_filter<Task, Node>> {
        auto bound = bind(name, words, arguments, true);
        if (!bound) return std::unexpected(std::move(bound).error());
        return library_filter<Task, Node>{{}, {*std::move(bound)}};
    }
    /// The same as a score.
    template <class Task, class Node>
    [[nodiscard]] auto score(std::string_view name, plugin_vocabulary<Task, Node> const& words,
                             std::string const& arguments = {}) const -> result<library_score<Task, Node>> {
        auto bound = bind(name, words, arguments, false);
        if (!bound) return std::unexpected(std::move(bound).error());
        return library_score<Task, Node>{{}, {*std::move(bound)}};
    }

private:
    explicit plugin_library(std::string what) : what_(std::move(what)) {}
    [[nodiscard]] auto open_plugin_called(std::string_view name, std::string const& arguments,
                                          bool filters) const
        -> result<std::shared_ptr<detail::open_plugin const>>;

    template <class Task, class Node>
    auto bind(std::string_view name, plugin_vocabulary<Task, Node> const& words, std::string const& arguments,
              bool filters) const -> result<detail::plugin_binding<Task, Node>> {
        auto plugin = open_plugin_called(name, arguments, filters);
        if (!plugin) return std::unexpected(std::move(plugin).error());
        auto const& p = **plugin;
        BERTH_ASSERT(words.kept == nullptr || words.kept->fields().data() == words.node.data(),
                     "plugin_vocabulary: the columns that are kept must be of the same fields of nodes");
        auto of_task = detail::columns_read_by(p, "task", p.task_fields, words.task);
        if (!of_task) return std::unexpected(std::move(of_task).error());
        auto of_node = detail::columns_read_by(p, "node", p.node_fields, words.node);
        if (!of_node) return std::unexpected(std::move(of_node).error());
        auto out = detail::plugin_binding<Task, Node>{*plugin, {}, {}, words.kept, {}};
        for (std::size_t i = 0; i < of_task->size(); ++i)
            out.task.push_back(words.task[(*of_task)[i]].called(p.task_fields[i].name));
        for (std::size_t i = 0; i < of_node->size(); ++i) {
            auto const field = (*of_node)[i];
            out.node.push_back(words.node[field].called(p.node_fields[i].name));
            if (words.kept != nullptr)
                out.kept_columns.push_back(words.kept->keep(field, p.node_fields[i].name));
        }
        return out;
    }

    std::string what_; ///< the file, for messages
    std::vector<berth_plugin> plugins_;
};

} // namespace berth::schedule

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/schedule/plugin_library.ipp>
#endif
