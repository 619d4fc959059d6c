#pragma once

/// \file
/// A value as server-side apply looks at it: a described value in memory, or JSON that stands for one, and
/// how its parts are told apart (structured-merge-diff v6, `typed`, `schema`).

#include <berth/core/config.hpp>
#include <berth/object/document_schema.hpp>
#include <berth/object/field_set.hpp>
#include <berth/object/schema.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace berth::object::detail {

/// How the parts of a value are owned.
enum class relation : std::uint8_t {
    leaf,     ///< as one: scalars, atomic lists, maps and records
    set,      ///< a list, each scalar by itself
    keyed,    ///< a list, its elements told apart by keys
    granular, ///< a map or record, each member by itself
    deduced,  ///< any JSON: objects are granular, all else is a leaf
};

/// What a value may be, as far as the server looks when it is stated.
enum class content : std::uint8_t { any, number, text, boolean, list, map };

/// A place in a type: what may stand there.
struct slot {
    type_info const* type = nullptr;   ///< no optional; null: JSON, described by `schema` or not at all
    field_info const* field = nullptr; ///< the member that it is, if it is one
    relation how = relation::deduced;
    document_schema const* schema = nullptr;
    bool kind = false;  ///< a whole object, which has an `apiVersion` and a `kind`
    bool keeps = false; ///< so does a schema that this one is in: members that are not described

    [[nodiscard]] auto is_record() const -> bool { return type != nullptr && type->form == shape::record; }
    [[nodiscard]] auto is_list() const -> bool { return holds() == content::list; }
    [[nodiscard]] auto holds() const -> content;
    /// The member of a granular value. A record that does not know it answers any JSON if it is open.
    [[nodiscard]] auto member(std::string_view name) const -> slot;
    /// An element of a list.
    [[nodiscard]] auto element() const -> slot;
    /// Whether a member of that name is described, and not just an entry.
    [[nodiscard]] auto declares(std::string_view name) const -> bool;
    /// Whether a member of that name may be there.
    [[nodiscard]] auto takes(std::string_view name) const -> bool;
    /// The names of the keys that tell a list's elements apart.
    [[nodiscard]] auto keys() const -> std::vector<std::string_view>;
    /// JSON that counts for a member that is absent; empty if there is none.
    [[nodiscard]] auto fallback_of(std::string_view name) const -> std::string;

private:
    /// Whether it is an object inside another document, or a document as a whole.
    [[nodiscard]] auto is_object() const -> bool;
};

/// What stands at a place, given its type and, of a member, its description.
BERTH_DECL auto slot_of(type_info const& type, field_info const* field = nullptr) -> slot;

/// What stands where an object does, or another value as a whole.
BERTH_DECL auto whole_slot(type_info const& type) -> slot;

/// What stands where a schema describes it; `keeps` as in `slot`.
BERTH_DECL auto slot_of(document_schema const& schema, bool keeps) -> slot;

/// The value at a place, or that there is none.
struct view {
    enum class source : std::uint8_t { absent, null, memory, json };

    source from = source::absent;
    void const* memory = nullptr;
    boost::json::value const* json = nullptr;

    [[nodiscard]] auto is_absent() const -> bool { return from == source::absent; }
    [[nodiscard]] auto is_null() const -> bool { return from == source::null; }
    static auto of(boost::json::value const& value) -> view {
        return value.is_null() ? view{source::null, nullptr, nullptr} : view{source::json, nullptr, &value};
    }
};

/// Looks at values. JSON that is kept as text is parsed when it is looked at, and lives as long as this.
class viewer {
public:
    struct part {
        std::string_view name;
        slot at;
        view value;
    };

    /// A described value; of an optional, what is in it; of what keeps a document, that.
    auto look(type_info const& type, void const* value) -> view;

    /// Whether nothing is in it: it is absent, null, or an empty container.
    [[nodiscard]] auto is_empty(slot const& at, view const& v) const -> bool;
    [[nodiscard]] auto is_list(slot const& at, view const& v) const -> bool;
    [[nodiscard]] auto is_map(slot const& at, view const& v) const -> bool;

    /// The members of a map or record that are there, in no particular order.
    auto members(slot const& at, view const& v) -> std::vector<part>;
    auto member(slot const& at, view const& v, std::string_view name) -> view;

    [[nodiscard]] auto size(slot const& at, view const& v) const -> std::size_t;
    auto element(slot const& at, view const& v, std::size_t n) -> view;
    /// What tells an element from others. Errors: `invalid`, in the words of structured-merge-diff.
    auto element_name(slot const& list, view const& element) -> result<path_element>;

    /// Whether two values are the same, written alike.
    auto equal(slot const& at, view const& a, view const& b) -> bool;
    /// A value as JSON.
    auto json_of(slot const& at, view const& v) -> boost::json::value const&;

private:
    auto parse(std::string_view text) -> boost::json::value const&;
    auto record_members(slot const& at, void const* record, std::vector<part>& out) -> void;
    auto append_key(std::string& out, slot const& element, view const& v, std::string_view key) -> bool;
    auto text_of(slot const& at, view const& v, std::string& out) -> void;

    std::deque<boost::json::value> parsed_;
};

/// The elements of a list by what tells them apart.
class element_index {
public:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    explicit element_index(std::vector<path_element> names);

    [[nodiscard]] auto names() const -> std::vector<path_element> const& { return names_; }
    /// Where an element of that name is first, or `none`.
    [[nodiscard]] auto find(path_element const& name) const -> std::size_t;
    /// Where all elements of that name are.
    [[nodiscard]] auto all(path_element const& name) const -> std::span<std::size_t const>;
    /// Whether there are several of the name of the `n`-th.
    [[nodiscard]] auto repeats(std::size_t n) const -> bool { return all(names_[n]).size() > 1; }
    /// Whether the `n`-th is the first of its name.
    [[nodiscard]] auto is_first(std::size_t n) const -> bool { return find(names_[n]) == n; }

private:
    std::vector<path_element> names_;
    std::vector<std::size_t> sorted_;
};

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/typed_view.ipp>
#endif
