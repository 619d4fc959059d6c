#pragma once

/// \file
/// Reads a document that somebody applies: which fields it states, and what its type does not allow
/// (structured-merge-diff v6, `typed/validate.go`, `typed/tofieldset.go`).

#include <berth/core/config.hpp>
#include <berth/object/detail/typed_view.hpp>

#include <optional>
#include <string>
#include <vector>

namespace berth::object::detail {

/// See the file's comment.
class stated_reader {
public:
    /// Reads a document whose type may be a kind.
    auto read_document(type_info const& type, boost::json::object const& document) -> field_set;
    /// Only complains, and not of elements that are there twice: those of an object may be.
    auto check(type_info const& type, boost::json::object const& document) -> void;

    /// Whether a document, all of which is right, states just the fields in a set, but for those in `never`,
    /// which the set does not have. Answers without making a set; where it is not sure it says no.
    auto states(type_info const& type, boost::json::object const& document, field_set const& wanted,
                field_set const& never) -> bool;

    /// What was wrong: nothing, or the first complaints of all. Errors: `invalid`.
    [[nodiscard]] auto complaints() const -> result<void>;

private:
    /// A step on the way to what is read; a message shows them all.
    struct step {
        step const* up = nullptr;
        std::string_view member{};
        path_element const* element = nullptr;
        std::size_t index = 0;

        [[nodiscard]] auto shown() const -> std::string;
    };

    /// Reads a value, and notes its fields if that is asked for. Answers whether it is a field itself.
    auto read(slot const& at, boost::json::value const& value, step const& here, field_set* fields) -> bool;
    auto read_leaf(slot const& at, boost::json::value const& value, step const& here) -> void;
    auto read_scalar(slot const& at, boost::json::value const& value, step const& here) -> void;
    auto read_map(slot const& at, boost::json::value const& value, step const& here, field_set* fields)
        -> bool;
    auto read_members(slot const& at, boost::json::object const& object, step const& here, field_set* fields)
        -> void;
    auto read_atomic_list(slot const& at, boost::json::value const& value, step const& here) -> void;
    auto read_list(slot const& at, boost::json::value const& value, step const& here, field_set* fields)
        -> void;
    auto complain(step const& here, std::string why) -> void;

    /// What a set has below a place, and what is never in it.
    struct expectation {
        field_set const& wanted;
        field_set const& never;

        /// The same below a step, of which the nodes are known, or null.
        [[nodiscard]] static auto below(field_set::node const* wanted, field_set::node const* never)
            -> expectation;
    };
    /// Whether a value states what is expected, and if so, whether it is a field itself.
    auto states(slot const& at, boost::json::value const& value, step const& here, expectation e)
        -> std::optional<bool>;
    auto states_members(slot const& at, boost::json::object const& object, step const& here, expectation e)
        -> bool;
    auto states_elements(slot const& at, boost::json::array const& array, step const& here, expectation e)
        -> bool;

    viewer look_;
    std::vector<std::string> told_;
    std::size_t size_ = 0; ///< of what was told
    bool repeats_ = false; ///< elements may be there twice
};

} // namespace berth::object::detail

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/detail/stated_reader.ipp>
#endif
