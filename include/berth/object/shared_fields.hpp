#pragma once

/// \file
/// The fields that somebody owns of an object, as objects carry them: one text for all that own the same.

#include <berth/core/config.hpp>
#include <berth/object/described.hpp>
#include <berth/object/schema.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace berth::object {

class field_set;

namespace detail {
struct fields_box;
} // namespace detail

/// An immutable set of fields and its text (`fieldsV1`): a pointer. Copies share both, and so do a million
/// objects whose fields were set alike, if whoever sets them hands out copies. The set is made of the text
/// when it is first asked for, and kept. Of a text that is nearly another's, a variant keeps only the piece
/// in which it differs. Several threads may ask at once.
class shared_fields {
public:
    shared_fields() noexcept = default;
    /// The text of a set. (That it is one shows when the set is asked for.)
    BERTH_DECL explicit shared_fields(std::string text);
    BERTH_DECL explicit shared_fields(field_set set);
    BERTH_DECL shared_fields(shared_fields const& other) noexcept;
    shared_fields(shared_fields&& other) noexcept : box_(std::exchange(other.box_, nullptr)) {}
    auto operator=(shared_fields other) noexcept -> shared_fields& {
        std::swap(box_, other.box_);
        return *this;
    }
    BERTH_DECL ~shared_fields();

    [[nodiscard]] auto empty() const noexcept -> bool { return box_ == nullptr; }
    /// JSON; empty if there is none. Linear in its length.
    [[nodiscard]] BERTH_DECL auto text() const -> std::string;
    /// Appends the same.
    BERTH_DECL auto append_text(std::string& to) const -> void;
    /// The hash of the text. Constant.
    [[nodiscard]] BERTH_DECL auto hash() const noexcept -> std::size_t;
    /// An equal one without a set, which has a copy of another one and keeps of its text what that does not
    /// have. None where this does not save much, or where one of both is a variant already. Linear in the
    /// text.
    [[nodiscard]] BERTH_DECL auto as_variant_of(shared_fields const& other) const -> shared_fields;
    /// The set, which lives as long as a copy; empty if the text is none.
    [[nodiscard]] BERTH_DECL auto set() const -> field_set const&;
    /// Whether the text is that of a set.
    [[nodiscard]] BERTH_DECL auto is_set() const -> bool;
    /// Whether the set is there: made of the text, or what the text was made of.
    [[nodiscard]] BERTH_DECL auto has_set() const noexcept -> bool;
    /// Takes the set of an equal one of which there are no copies, unless it has one. Not for two threads at
    /// once with the same `equal`.
    BERTH_DECL auto take_set(shared_fields& equal) const -> void;
    /// How many copies there are.
    [[nodiscard]] BERTH_DECL auto copies() const noexcept -> std::size_t;
    /// Whether both are the same one.
    [[nodiscard]] auto same(shared_fields const& other) const noexcept -> bool { return box_ == other.box_; }

    friend auto operator==(shared_fields const& a, shared_fields const& b) -> bool {
        return a.box_ == b.box_ || a.has_text_of(b);
    }

private:
    friend struct detail::fields_box;

    explicit shared_fields(detail::fields_box* box) noexcept : box_(box) {}
    [[nodiscard]] BERTH_DECL auto has_text_of(shared_fields const& other) const -> bool;

    detail::fields_box* box_ = nullptr;
};

template <> struct scalar_traits<shared_fields> {
    static constexpr std::string_view name = "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1";
    static constexpr std::string_view schema_type = "object";
    static constexpr std::string_view schema_format = "";

    static auto is_zero(shared_fields const& f) -> bool { return f.empty(); }
    BERTH_DECL static auto write(shared_fields const& f, std::string& json) -> void;
    BERTH_DECL static auto read(scalar_token const& token) -> result<shared_fields>;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/shared_fields.ipp>
#endif
