#pragma once

/// \file
/// Which fields a value has, and how two values differ in them (structured-merge-diff v6,
/// `typed/tofieldset.go`, `typed/compare.go`).

#include <berth/core/config.hpp>
#include <berth/object/detail/typed_view.hpp>

#include <string_view>
#include <vector>

namespace berth::object::detail {

/// Collects the fields that are in a value.
class field_walk {
public:
    /// The fields below a place, leaving out some, with all that is below them.
    auto fields(slot const& at, view const& v, field_set const* except = nullptr) -> field_set;

    [[nodiscard]] auto look() -> viewer& { return look_; }

private:
    /// Adds what is at a step, unless it is left out.
    auto add(field_set& out, path_element e, slot const& at, view const& v, bool always,
             field_set const* except) -> void;

    viewer look_;
};

/// Compares two values.
class compare_walk {
public:
    /// `stated`: the second value is a document; what it does not state is as in the first.
    explicit compare_walk(bool stated) : stated_(stated) {}

    /// The differences below a place.
    auto compare(slot const& at, view const& a, view const& b) -> comparison;

    [[nodiscard]] auto look() -> viewer& { return look_; }
    /// Whether some document has the elements of some list in another order.
    [[nodiscard]] auto reordered() const -> bool { return reordered_; }

private:
    enum class verdict : std::uint8_t { same, added, modified, removed };

    auto walk(slot const& at, view const& a, view const& b, comparison& below) -> verdict;
    auto leaf(slot const& at, view const& a, view const& b) -> verdict;
    /// A step: a member by its name, or an element.
    struct step {
        std::string_view member{};
        path_element const* element = nullptr;

        [[nodiscard]] auto path() const -> path_element {
            return element != nullptr ? *element : path_element::field(member);
        }
    };
    auto visit(step e, slot const& at, view const& a, view const& b, comparison& out) -> void;
    auto visit_records(type_info const& type, void const* a, void const* b, comparison& out) -> void;
    auto visit_members(slot const& at, view const& a, view const& b, comparison& out) -> void;
    auto visit_elements(slot const& at, view const& a, view const& b, comparison& out) -> void;
    /// Whether two lists have as many elements, each told apart by the same as its partner.
    auto is_aligned(slot const& at, view const& a, view const& b) -> bool;
    /// The same for lists of which that is known. False, and nothing done, where some name occurs twice.
    auto visit_aligned(slot const& at, view const& a, view const& b, comparison& out) -> bool;
    auto visit_repeated(path_element const& name, slot const& at, std::vector<view> const& a,
                        std::vector<view> const& b, comparison& out) -> void;
    auto names_of(slot const& at, view const& v) -> element_index;
    static auto finish(comparison& c) -> void;

    viewer look_;
    bool stated_;
    bool reordered_ = false;
};

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/field_walk.ipp>
#endif
