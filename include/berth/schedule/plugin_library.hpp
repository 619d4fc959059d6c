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
/// others. These are copied into columns and the plugin is called once for each decision of `place`. A
/// `placer` asks again only about nodes that tasks have entered or left; where anything else of a node
/// changes, about all. Both leaves can be held by an `any_filter` and an `any_score`, which are always asked
/// about all nodes.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/schedule/filter.hpp>
#include <berth/schedule/plugin_abi.h>
#include <berth/schedule/score.hpp>
#include <berth/schedule/track.hpp>

#include <array>
#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// A field of tasks or nodes under the name that plugins know: how its column is made.
template <class T> struct plugin_column {
    std::string_view name;
    std::uint32_t type = BERTH_INT64;
    /// Writes the field of `all[rows[i]]`, or of `all[i]` where `rows` is null, to `out`, for each i below
    /// `count`.
    void (*gather)(T const* all, std::size_t const* rows, std::size_t count, void* out) = nullptr;
};

namespace detail {

template <class F> struct owner_of;
template <class T, class M> struct owner_of<M T::*> {
    using type = T;
};
template <class R, class T> struct owner_of<R (*)(T const&)> {
    using type = T;
};
template <class R, class C, class T> struct owner_of<R (C::*)(T const&) const> {
    using type = T;
};
template <class F>
    requires requires { &F::operator(); }
struct owner_of<F> : owner_of<decltype(&F::operator())> {};

template <auto Field, class T> constexpr auto plugin_value(T const& of) {
    if constexpr (std::is_member_object_pointer_v<decltype(Field)>) return of.*Field;
    else return Field(of);
}
template <class Number>
using column_value = std::conditional_t<std::is_floating_point_v<Number>, double, std::int64_t>;

} // namespace detail

/// A field by a pointer to a member, or by a function of the value without captures; a number.
template <auto Field> [[nodiscard]] constexpr auto plugin_field(std::string_view name) {
    using owner = typename detail::owner_of<std::remove_cv_t<decltype(Field)>>::type;
    using number = std::remove_cvref_t<decltype(detail::plugin_value<Field>(std::declval<owner const&>()))>;
    static_assert(std::is_arithmetic_v<number>, "a field of a plugin is a number: no text goes to a plugin");
    using value = detail::column_value<number>;
    return plugin_column<owner>{
        .name = name,
        .type = std::is_floating_point_v<number> ? BERTH_DOUBLE : BERTH_INT64,
        .gather =
            [](owner const* all, std::size_t const* rows, std::size_t count, void* out) {
                auto* const to = static_cast<value*>(out);
                if (rows == nullptr)
                    for (std::size_t i = 0; i < count; ++i)
                        to[i] = static_cast<value>(detail::plugin_value<Field>(all[i]));
                else
                    for (std::size_t i = 0; i < count; ++i)
                        to[i] = static_cast<value>(detail::plugin_value<Field>(all[rows[i]]));
            },
    };
}

/// The fields that plugins may read. Must outlive the filters and scores that are made with it.
template <class Task, class Node> struct plugin_vocabulary {
    std::span<plugin_column<Task> const> task;
    std::span<plugin_column<Node> const> node;
};

namespace detail {

/// What a call is made of, reused.
class call_memory {
public:
    /// The columns of `all[rows[i]]`, or of `all[i]` where `rows` is null, for each i below `count`.
    template <class Binding, class Task, class Node>
    auto fill(Binding const& with, Task const& task, Node const* all, std::size_t const* rows,
              std::size_t count) -> berth_call const& {
        if (values_.size() < with.node.size() * count) values_.resize(with.node.size() * count);
        columns_.clear();
        for (std::size_t c = 0; c < with.node.size(); ++c) columns_.push_back(values_.data() + c * count);
        for (std::size_t begin = 0; begin < count; begin += block) {
            auto const size = count - begin < block ? count - begin : block;
            for (std::size_t c = 0; c < with.node.size(); ++c)
                with.node[c].gather(rows == nullptr ? all + begin : all,
                                    rows == nullptr ? nullptr : rows + begin, size,
                                    values_.data() + c * count + begin);
        }
        task_.resize(with.task.size());
        for (std::size_t c = 0; c < with.task.size(); ++c) with.task[c].gather(&task, nullptr, 1, &task_[c]);
        call_ = {
            .size = sizeof(berth_call), .nodes = count, .columns = columns_.data(), .task = task_.data()};
        return call_;
    }

private:
    /// So many nodes are read for all columns before the next ones are: they are near by then.
    static constexpr std::size_t block = 128;

    std::vector<berth_value> values_;
    std::vector<void const*> columns_;
    std::vector<berth_value> task_;
    berth_call call_ = {};
};

/// A plugin that is open.
class open_plugin {
public:
    berth_plugin table = {}; ///< what the library and its host both know of it
    std::vector<berth_field> node_fields;
    std::vector<berth_field> task_fields;
    std::vector<verdict>
        refusals; ///< by reason, 1 being the first; in words of the library, which stays loaded
    std::string name;
    void* self = nullptr;
    bool opened = false;

    open_plugin() = default;
    open_plugin(open_plugin const&) = delete;
    auto operator=(open_plugin const&) -> open_plugin& = delete;
    ~open_plugin() {
        delete spare_.load();
        if (opened && table.close != nullptr) table.close(self);
    }

    /// What a verdict of the plugin means. `status` is what the call answered.
    [[nodiscard]] auto verdict_of(std::int32_t status, std::uint8_t said) const -> verdict;

    /// Calls `use(memory)` with memory that the next one uses again.
    template <class Use> auto with_memory(Use use) const {
        auto memory = std::unique_ptr<call_memory>(spare_.exchange(nullptr));
        if (!memory) memory = std::make_unique<call_memory>();
        auto const out = use(*memory);
        delete spare_.exchange(memory.release());
        return out;
    }

private:
    mutable std::atomic<call_memory*> spare_{nullptr};
};

/// A plugin with the columns that it reads, of those that the host has.
template <class Task, class Node> struct plugin_binding {
    std::shared_ptr<open_plugin const> plugin;
    std::vector<plugin_column<Task>> task;
    std::vector<plugin_column<Node>> node;

    /// The verdicts on some nodes, and the status of the call.
    auto filter(Task const& t, Node const* all, std::size_t count, std::uint8_t* to) const -> std::int32_t {
        return plugin->with_memory([&](call_memory& memory) {
            return plugin->table.filter(plugin->self, &memory.fill(*this, t, all, nullptr, count), to);
        });
    }
    /// The points of some nodes; none where the plugin fails.
    auto score(Task const& t, Node const* all, std::size_t const* rows, std::size_t count, points* to) const
        -> void {
        auto const status = plugin->with_memory([&](call_memory& memory) {
            return plugin->table.score(plugin->self, &memory.fill(*this, t, all, rows, count), to);
        });
        for (std::size_t i = 0; status != BERTH_OK && i < count; ++i) to[i] = 0;
    }
};

/// The verdicts of a plugin on all nodes.
template <class Node> struct library_verdicts {
    Node const* nodes = nullptr;
    std::vector<std::uint8_t> said{};
    std::int32_t status = BERTH_OK;

    [[nodiscard]] auto accepts(std::size_t node) const -> bool {
        return status == BERTH_OK && said[node] == 0;
    }
};

/// Follows the verdicts of a plugin on all nodes.
template <class Task, class Node> class library_filter_tracker {
public:
    library_filter_tracker(plugin_binding<Task, Node> bound, Task task, library_verdicts<Node> now)
        : bound_(std::move(bound)), task_(std::move(task)), now_(std::move(now)) {}

    [[nodiscard]] auto accepts(std::size_t node) const -> bool { return now_.accepts(node); }
    auto entered(Task const&, std::size_t node, std::span<Node const> nodes, int, stale_nodes& stale)
        -> void {
        auto const before = now_.said[node];
        auto const status = bound_.filter(task_, &nodes[node], 1, &now_.said[node]);
        if (std::exchange(now_.status, status) != status) stale.all();
        else if (now_.said[node] != before) stale.node(node);
    }

private:
    plugin_binding<Task, Node> bound_;
    Task task_;
    library_verdicts<Node> now_;
};

/// Follows the points that a plugin gives all nodes.
template <class Task, class Node> class library_score_tracker {
public:
    library_score_tracker(plugin_binding<Task, Node> bound, Task task, std::span<Node const> nodes)
        : bound_(std::move(bound)), task_(std::move(task)), all_(nodes.size()) {
        bound_.score(task_, nodes.data(), nullptr, nodes.size(), all_.data());
    }

    [[nodiscard]] auto points_of(std::size_t node) const -> points { return all_[node]; }
    [[nodiscard]] static auto takes_part() -> bool { return true; }
    auto entered(Task const&, std::size_t node, std::span<Node const> nodes, int, stale_nodes& stale)
        -> void {
        auto const before = all_[node];
        bound_.score(task_, &nodes[node], nullptr, 1, &all_[node]);
        if (all_[node] != before) stale.node(node);
    }

private:
    plugin_binding<Task, Node> bound_;
    Task task_;
    std::vector<points> all_;
};

/// A filter's plugin as a leaf asks it.
template <class Task, class Node> struct library_filter_call {
    using state = library_verdicts<Node>;

    plugin_binding<Task, Node> bound;

    auto prepare(Task const& task, std::span<Node const> nodes) const -> state {
        auto out = state{nodes.data(), std::vector<std::uint8_t>(nodes.size()), BERTH_OK};
        out.status = bound.filter(task, nodes.data(), nodes.size(), out.said.data());
        return out;
    }
    auto advance(state s, Task const& task, change<Node> const& what) const -> state {
        s.status = bound.filter(task, &what.after, 1, &s.said[what.node]);
        return s;
    }
    /// The verdict on a node: one of those that were asked about, or as it would be.
    auto operator()(Task const& task, Node const& node, state const& s) const -> verdict {
        auto const at = static_cast<std::size_t>(&node - s.nodes);
        if (at < s.said.size())
            return s.accepts(at) ? verdict{} : bound.plugin->verdict_of(s.status, s.said[at]);
        auto said = std::uint8_t{0};
        auto const status = bound.filter(task, &node, 1, &said);
        return bound.plugin->verdict_of(status, said);
    }
    auto track(Task const& task, std::span<Node const> nodes) const -> library_filter_tracker<Task, Node> {
        return {bound, task, prepare(task, nodes)};
    }
};

/// A score's plugin as a leaf asks it.
template <class Task, class Node> struct library_score_call {
    using surveys = anything;

    plugin_binding<Task, Node> bound;

    auto operator()(Task const& task, candidates<Node> const& found, std::span<points> column) const -> void {
        bound.score(task, found.nodes.data(), found.survivors.data(), found.size(), column.data());
    }
    auto track(Task const& task, std::span<Node const> nodes) const -> library_score_tracker<Task, Node> {
        return {bound, task, nodes};
    }
};

/// The column of a name and a type in a vocabulary; what is wrong if there is none.
[[nodiscard]] BERTH_DECL auto no_such_field(std::string_view plugin, std::string_view what,
                                            berth_field const& wanted, std::vector<std::string> const& known)
    -> std::string;

template <class T>
auto bind_columns(open_plugin const& p, std::string_view what, std::vector<berth_field> const& wanted,
                  std::span<plugin_column<T> const> known, std::vector<plugin_column<T>>& to)
    -> result<void> {
    for (auto const& f : wanted) {
        auto found = false;
        for (auto const& c : known) {
            if (c.name != f.name || c.type != f.type) continue;
            to.push_back(c);
            found = true;
            break;
        }
        if (found) continue;
        auto names = std::vector<std::string>();
        for (auto const& c : known)
            names.push_back(std::string(c.name) + (c.type == BERTH_DOUBLE ? " (double)" : ""));
        return fail(error_code::invalid, no_such_field(p.name, what, f, names));
    }
    return {};
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
        auto out = detail::plugin_binding<Task, Node>{*plugin, {}, {}};
        auto const& p = **plugin;
        if (auto ok = detail::bind_columns(p, "task", p.task_fields, words.task, out.task); !ok)
            return std::unexpected(std::move(ok).error());
        if (auto ok = detail::bind_columns(p, "node", p.node_fields, words.node, out.node); !ok)
            return std::unexpected(std::move(ok).error());
        return out;
    }

    std::string what_; ///< the file, for messages
    std::vector<berth_plugin> plugins_;
};

} // namespace berth::schedule

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/schedule/plugin_library.ipp>
#endif
