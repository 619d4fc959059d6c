#pragma once

/// \file
/// Sets of fields: which parts of an object somebody states or owns, as paths in a tree, and their text
/// (`fieldsV1`; structured-merge-diff v6, `fieldpath`).

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::object {

/// One step of the path to a field.
struct path_element {
    /// As `fieldsV1` has it: `f:spec` a member, `k:{"name":"a"}` the element of a list that has those keys,
    /// `v:"x"` that scalar element of a set, `i:0` the element of an atomic list at that place.
    std::string text;

    [[nodiscard]] static auto field(std::string_view name) -> path_element;
    [[nodiscard]] static auto index(std::size_t n) -> path_element;

    [[nodiscard]] auto is_field() const -> bool { return text.starts_with("f:"); }
    /// The name of a member.
    [[nodiscard]] auto name() const -> std::string_view { return std::string_view(text).substr(2); }
    /// As messages show it: `.spec`, `[name="a",port=80]`, `[="x"]`, `[0]`.
    [[nodiscard]] auto shown() const -> std::string;

    /// The order of `fieldsV1`: names as bytes, keys and values as numbers, texts and the rest.
    friend auto operator<=>(path_element const& a, path_element const& b) -> std::strong_ordering {
        return compare(a, b);
    }
    friend auto operator==(path_element const& a, path_element const& b) -> bool { return a.text == b.text; }

private:
    BERTH_DECL static auto compare(path_element const& a, path_element const& b) -> std::strong_ordering;
};

using field_path_elements = std::vector<path_element>;

/// As messages show a path: `.spec.containers[name="a"].image`.
[[nodiscard]] BERTH_DECL auto shown(field_path_elements const& path) -> std::string;

/// A set of paths. That a path is in it says nothing of those above and below. All operations are linear in
/// the sets' sizes, making one from `n` steps takes `n log n`.
class field_set {
public:
    /// A step, whether the path that ends there is in the set, and what is in it below.
    struct node;

    // Below, where a node is known.
    field_set() noexcept;
    field_set(field_set const& other);
    field_set(field_set&& other) noexcept;
    auto operator=(field_set const& other) -> field_set&;
    auto operator=(field_set&& other) noexcept -> field_set&;
    ~field_set();

    [[nodiscard]] auto empty() const -> bool;
    [[nodiscard]] auto size() const -> std::size_t;
    [[nodiscard]] auto nodes() const -> std::vector<node> const& { return nodes_; }
    [[nodiscard]] auto find(path_element const& e) const -> node const*;
    /// The same for a member, by its name.
    [[nodiscard]] auto find_member(std::string_view name) const -> node const*;
    [[nodiscard]] auto contains(field_path_elements const& path) const -> bool;
    auto insert(field_path_elements const& path) -> void;

    [[nodiscard]] auto intersects(field_set const& other) const -> bool;

    /// Adds a step while the set is made; `finish` must follow before anything else is asked. A step that
    /// says nothing (no member, nothing below) is left out.
    auto add(path_element e, bool member, field_set below) -> void;
    /// Makes room for a number of steps.
    auto reserve(std::size_t n) -> void;
    /// Puts the steps into their order and joins equal ones.
    auto finish() -> void;

    /// Calls `see(path)` for each path: at each step first those that end there, then those that go on.
    template <class F> auto each(F&& see) const -> void {
        auto path = field_path_elements();
        each_below(path, see);
    }

    /// Reads `fieldsV1`. Errors: `bad_request`.
    [[nodiscard]] static auto decode(std::string_view json) -> result<field_set>;
    /// The text of `fieldsV1`.
    [[nodiscard]] auto encode() const -> std::string;

    friend auto operator|(field_set const& a, field_set const& b) -> field_set {
        return combine(a, b, {.left = true, .right = true, .both = true});
    }
    friend auto operator&(field_set const& a, field_set const& b) -> field_set {
        return combine(a, b, {.left = false, .right = false, .both = true});
    }
    friend auto operator-(field_set const& a, field_set const& b) -> field_set {
        return combine(a, b, {.left = true, .right = false, .both = false});
    }
    /// Without the paths of another set, and without all that is below them.
    [[nodiscard]] auto without(field_set const& other) const -> field_set;
    friend auto operator==(field_set const& a, field_set const& b) -> bool;

private:
    /// Which paths stay: those in the left set alone, in the right one alone, in both.
    struct choice {
        bool left;
        bool right;
        bool both;
    };

    BERTH_DECL static auto combine(field_set const& a, field_set const& b, choice keep) -> field_set;
    auto append_to(std::string& out) const -> void;
    template <class F> auto each_below(field_path_elements& path, F& see) const -> void;

    std::vector<node> nodes_;
};

struct field_set::node {
    path_element element;
    bool member = false;
    field_set below;

    friend auto operator==(node const& a, node const& b) -> bool {
        return a.member == b.member && a.element == b.element && a.below == b.below;
    }
};

inline field_set::field_set() noexcept = default;
inline field_set::field_set(field_set const& other) = default;
inline field_set::field_set(field_set&& other) noexcept = default;
inline auto field_set::operator=(field_set const& other) -> field_set& = default;
inline auto field_set::operator=(field_set&& other) noexcept -> field_set& = default;
inline field_set::~field_set() = default;

inline auto field_set::reserve(std::size_t n) -> void { nodes_.reserve(n); }

inline auto field_set::empty() const -> bool { return nodes_.empty(); }

inline auto operator==(field_set const& a, field_set const& b) -> bool { return a.nodes_ == b.nodes_; }

/// How two values differ.
struct comparison {
    field_set added;
    field_set modified;
    field_set removed;

    [[nodiscard]] auto same() const -> bool { return added.empty() && modified.empty() && removed.empty(); }
};

template <class F> auto field_set::each_below(field_path_elements& path, F& see) const -> void {
    for (auto const& n : nodes_) {
        if (!n.member) continue;
        path.push_back(n.element);
        see(std::as_const(path));
        path.pop_back();
    }
    for (auto const& n : nodes_) {
        if (n.below.empty()) continue;
        path.push_back(n.element);
        n.below.each_below(path, see);
        path.pop_back();
    }
}

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/field_set.ipp>
#endif
