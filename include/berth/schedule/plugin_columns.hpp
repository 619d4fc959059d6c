#pragma once

/// \file
/// The numbers of tasks and nodes that plugins from a shared library (`plugin_library.hpp`) may read: a
/// vocabulary of fields, each of which is a column for them. Texts go as numbers that stand for them
/// (`berth_text_number`).

#include <berth/core/assert.hpp>
#include <berth/core/fnv.hpp>
#include <berth/schedule/plugin_abi.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// A field of tasks or nodes under the name that plugins know: how its column is made.
template <class T> struct plugin_column {
    std::string_view name; ///< of a family, what stands before the key, such as `label:`
    std::uint32_t type = BERTH_INT64;
    /// Writes the field of `all[i]` to `out`, for each i below `count`. `key` says which one of a family.
    void (*gather)(T const* all, std::size_t count, std::string_view key, void* out) = nullptr;
    bool family = false;
    std::string_view key = {};

    /// Whether a plugin means this one by a name, which of a family has a key behind it.
    [[nodiscard]] constexpr auto is_called(std::string_view wanted) const -> bool {
        return family ? wanted.size() > name.size() && wanted.starts_with(name) : wanted == name;
    }
    /// The one of a family that a name means, which must outlive it; itself, if it is none.
    [[nodiscard]] constexpr auto called(std::string_view wanted) const -> plugin_column {
        auto out = *this;
        if (family) out.key = wanted.substr(name.size());
        return out;
    }
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
    static_assert(std::is_arithmetic_v<number>,
                  "a field of a plugin is a number: texts go as numbers that stand for them (plugin_texts)");
    using value = detail::column_value<number>;
    return plugin_column<owner>{
        .name = name,
        .type = std::is_floating_point_v<number> ? BERTH_DOUBLE : BERTH_INT64,
        .gather =
            [](owner const* all, std::size_t count, std::string_view, void* out) {
                auto* const to = static_cast<value*>(out);
                for (std::size_t i = 0; i < count; ++i)
                    to[i] = static_cast<value>(detail::plugin_value<Field>(all[i]));
            },
    };
}

/// What stands for a text, or for none, in the column of a plugin: as `berth_text_number`.
[[nodiscard]] constexpr auto plugin_text(std::optional<std::string_view> text) -> std::int64_t {
    if (!text) return 0;
    auto const number = static_cast<std::int64_t>(fnv1a_64(*text));
    return number == 0 ? 1 : number;
}

/// A family of texts, such as labels, each in a column of numbers that stand for its values: `Field(of, key)`
/// is a `std::optional<std::string_view>`, and `prefix` stands before the key in a field's name. Costs the
/// hash of a value for each node that is read.
template <class T, auto Field> [[nodiscard]] constexpr auto plugin_texts(std::string_view prefix) {
    return plugin_column<T>{
        .name = prefix,
        .type = BERTH_INT64,
        .gather =
            [](T const* all, std::size_t count, std::string_view key, void* out) {
                auto* const to = static_cast<std::int64_t*>(out);
                for (std::size_t i = 0; i < count; ++i) to[i] = plugin_text(Field(all[i], key));
            },
        .family = true,
    };
}

/// A time in the life of some columns.
struct plugin_columns_time {
    std::uint64_t readings = 0; ///< of all nodes
    std::size_t changes = 0;    ///< of single ones since
};

/// The columns of the nodes that `place` chooses among, kept from decision to decision: it remembers nothing,
/// and would copy them for each. They are used for decisions among exactly the nodes that they were read
/// from. Whoever changes one of these says so before the next decision. Of a task like one before (in the
/// fields that the plugin reads) a plugin is asked only about the nodes that have changed since; of a few
/// kinds of tasks the answers are kept.
/// ```cpp
/// auto columns = schedule::plugin_columns<host>(of_hosts);
/// auto const words = schedule::plugin_vocabulary<task, host>{of_tasks, of_hosts, &columns};
/// columns.read(hosts);
/// auto const where = schedule::place(t, hosts, policy);
/// hosts[where->node].cpu_free -= t.cpu;
/// columns.changed(where->node);
/// ```
template <class Node> class plugin_columns {
public:
    /// Of some fields, which must outlive the columns; of those of a family, the ones that plugins read.
    explicit plugin_columns(std::span<plugin_column<Node> const> fields) : fields_(fields) {
        for (auto const& f : fields_) columns_.push_back({f, {}});
    }
    plugin_columns(plugin_columns const&) = delete; // who decides by them points at them
    auto operator=(plugin_columns const&) -> plugin_columns& = delete;

    /// Reads all nodes, which must outlive the decisions. Linear; allocates once for a number of nodes.
    auto read(std::span<Node const> nodes) -> void {
        nodes_ = nodes;
        revision_.reset();
        ++readings_;
        changes_.clear();
        for (auto& c : columns_) c.read(nodes);
    }
    /// The same unless these nodes were the last ones read, and at this revision.
    auto read(std::span<Node const> nodes, std::uint64_t revision) -> void {
        if (holds(nodes) && revision_ == revision) return;
        read(nodes);
        revision_ = revision;
    }
    /// Reads one of the nodes again.
    auto changed(std::size_t node) -> void {
        BERTH_ASSERT(node < nodes_.size(), "plugin_columns: only nodes that were read can have changed");
        for (auto& c : columns_) c.read(nodes_, node);
        if (changes_.size() >= nodes_.size() / 16 + 16) { // then asking about all is as quick
            ++readings_;
            changes_.clear();
        }
        changes_.push_back(node);
    }

    /// Keeps a column for a field, by its place among the fields and the name by which a plugin means it;
    /// answers the place of the column, which is the field's unless the field is a family.
    auto keep(std::size_t field, std::string_view name) -> std::size_t {
        if (!fields_[field].family) return field;
        auto const wanted = fields_[field].called(name);
        auto const kept = std::find_if(columns_.begin(), columns_.end(), [&](auto const& c) {
            return c.field.name == wanted.name && c.field.key == wanted.key;
        });
        if (kept != columns_.end()) return static_cast<std::size_t>(kept - columns_.begin());
        keys_.emplace_back(wanted.key);
        columns_.push_back({fields_[field], {}});
        columns_.back().field.key = keys_.back();
        columns_.back().read(nodes_);
        return columns_.size() - 1;
    }

    /// Whether the last nodes read were these.
    [[nodiscard]] auto holds(std::span<Node const> nodes) const -> bool {
        return nodes_.data() == nodes.data() && nodes_.size() == nodes.size();
    }
    [[nodiscard]] auto fields() const -> std::span<plugin_column<Node> const> { return fields_; }
    /// The values of a field, by the place of its column: see `keep`.
    [[nodiscard]] auto column(std::size_t place) const -> berth_value const* {
        return columns_[place].values.data();
    }
    [[nodiscard]] auto now() const -> plugin_columns_time { return {readings_, changes_.size()}; }
    /// The nodes that have changed since, some perhaps twice. Nothing: nobody knows, or all.
    [[nodiscard]] auto changed_since(plugin_columns_time then) const
        -> std::optional<std::span<std::size_t const>> {
        if (then.readings != readings_) return std::nullopt;
        return std::span(changes_).subspan(then.changes);
    }

private:
    struct kept_column {
        plugin_column<Node> field;
        std::vector<berth_value> values;

        /// A family has no values of its own, only those of its members have.
        [[nodiscard]] auto is_family() const -> bool { return field.family && field.key.empty(); }
        auto read(std::span<Node const> nodes) -> void {
            if (is_family()) return;
            values.resize(nodes.size());
            field.gather(nodes.data(), nodes.size(), field.key, values.data());
        }
        auto read(std::span<Node const> nodes, std::size_t node) -> void {
            if (!is_family()) field.gather(&nodes[node], 1, field.key, &values[node]);
        }
    };

    std::span<plugin_column<Node> const> fields_;
    std::deque<std::string> keys_; ///< of families, which columns refer to
    std::vector<kept_column> columns_;
    std::span<Node const> nodes_;
    std::optional<std::uint64_t> revision_;
    std::uint64_t readings_ = 0;
    std::vector<std::size_t> changes_;
};

/// The fields that plugins may read, and their columns where somebody keeps them: those are of the same
/// fields of nodes. Must outlive the filters and scores that are made with it.
template <class Task, class Node> struct plugin_vocabulary {
    std::span<plugin_column<Task> const> task;
    std::span<plugin_column<Node> const> node;
    plugin_columns<Node>* kept = nullptr;
};

} // namespace berth::schedule
