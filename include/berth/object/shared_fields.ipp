#pragma once

/// \file
/// The bodies of `berth/object/shared_fields.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/field_set.hpp>
#include <berth/object/shared_fields.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>

namespace berth::object::detail {

/// What all copies share: a text, or a piece in place of one of another's text.
struct fields_box {
    /// A set, or that the text is none.
    struct reading {
        bool valid = true;
        field_set set;
    };

    /// A text as what comes one after another in it.
    using parts = std::array<std::string_view, 3>;

    explicit fields_box(std::string t) : hash(std::hash<std::string_view>{}(t)), piece(std::move(t)) {}
    fields_box(shared_fields model, std::size_t h, std::size_t head, std::size_t tail, std::string_view p)
        : hash(h),
          like(std::move(model)),
          head_size(static_cast<std::uint32_t>(head)),
          tail_size(static_cast<std::uint32_t>(tail)),
          piece(p) {}
    fields_box(fields_box const&) = delete;
    auto operator=(fields_box const&) -> fields_box& = delete;
    ~fields_box() { delete read.load(std::memory_order_acquire); }

    [[nodiscard]] auto text_parts() const noexcept -> parts;
    [[nodiscard]] auto text() const -> std::string {
        auto out = std::string();
        for (auto const part : text_parts()) out += part;
        return out;
    }
    [[nodiscard]] auto is_text(std::string_view whole) const noexcept -> bool {
        for (auto const part : text_parts()) {
            if (!whole.starts_with(part)) return false;
            whole.remove_prefix(part.size());
        }
        return whole.empty();
    }

    auto get() const -> reading const& {
        if (auto const* const known = read.load(std::memory_order_acquire)) return *known;
        auto decoded = field_set::decode(text());
        auto made = std::make_unique<reading>();
        made->valid = decoded.has_value();
        if (decoded) made->set = *std::move(decoded);
        reading const* first = nullptr;
        if (read.compare_exchange_strong(first, made.get(), std::memory_order_acq_rel))
            return *made.release();
        return *first;
    }

    std::atomic<std::size_t> copies = 1;
    mutable std::atomic<reading const*> read = nullptr;
    std::size_t const hash;
    shared_fields const like;          ///< whose text this one has but for the piece; mostly none
    std::uint32_t const head_size = 0; ///< how much of it comes before the piece
    std::uint32_t const tail_size = 0; ///< and how much behind
    std::string const piece;
};

/// How many bytes of text a variant must save: more than it takes itself.
inline constexpr std::size_t saved_by_variant = 128;

} // namespace berth::object::detail

namespace berth::object {

BERTH_DECL auto detail::fields_box::text_parts() const noexcept -> parts {
    if (like.empty()) return {std::string_view(piece)};
    auto const model = std::string_view(like.box_->piece);
    return {model.substr(0, head_size), piece, model.substr(model.size() - tail_size)};
}

BERTH_DECL shared_fields::shared_fields(std::string text) : box_(new detail::fields_box(std::move(text))) {}

BERTH_DECL shared_fields::shared_fields(field_set set) : box_(new detail::fields_box(set.encode())) {
    auto made = std::make_unique<detail::fields_box::reading>();
    made->set = std::move(set);
    box_->read.store(made.release(), std::memory_order_release);
}

BERTH_DECL shared_fields::shared_fields(shared_fields const& other) noexcept : box_(other.box_) {
    if (box_ != nullptr) box_->copies.fetch_add(1, std::memory_order_relaxed);
}

BERTH_DECL shared_fields::~shared_fields() {
    if (box_ != nullptr && box_->copies.fetch_sub(1, std::memory_order_acq_rel) == 1) delete box_;
}

BERTH_DECL auto shared_fields::text() const -> std::string {
    return box_ == nullptr ? std::string() : box_->text();
}

BERTH_DECL auto shared_fields::append_text(std::string& to) const -> void {
    if (box_ == nullptr) return;
    for (auto const part : box_->text_parts()) to += part;
}

BERTH_DECL auto shared_fields::hash() const noexcept -> std::size_t {
    return box_ == nullptr ? 0 : box_->hash;
}

BERTH_DECL auto shared_fields::as_variant_of(shared_fields const& other) const -> shared_fields {
    if (empty() || other.empty() || !box_->like.empty() || !other.box_->like.empty()) return {};
    auto const mine = std::string_view(box_->piece);
    auto const model = std::string_view(other.box_->piece);
    auto const least = std::min(mine.size(), model.size());
    auto const differs =
        std::mismatch(mine.begin(), mine.begin() + static_cast<std::ptrdiff_t>(least), model.begin());
    auto const head = static_cast<std::size_t>(differs.first - mine.begin());
    auto tail = std::size_t{0};
    while (tail < least - head && mine[mine.size() - 1 - tail] == model[model.size() - 1 - tail]) ++tail;
    if (head + tail < detail::saved_by_variant) return {};
    auto const piece = mine.substr(head, mine.size() - head - tail);
    if (piece.size() > (head + tail) / 2) return {};
    return shared_fields(new detail::fields_box(other, box_->hash, head, tail, piece));
}

BERTH_DECL auto shared_fields::has_text_of(shared_fields const& other) const -> bool {
    if (box_ == nullptr || other.box_ == nullptr) return text() == other.text();
    if (box_->hash != other.box_->hash) return false;
    if (box_->like.empty()) return other.box_->is_text(box_->piece);
    if (other.box_->like.empty()) return box_->is_text(other.box_->piece);
    return box_->is_text(other.text());
}

BERTH_DECL auto shared_fields::set() const -> field_set const& {
    static auto const nothing = field_set();
    return box_ == nullptr ? nothing : box_->get().set;
}

BERTH_DECL auto shared_fields::is_set() const -> bool { return box_ == nullptr || box_->get().valid; }

BERTH_DECL auto shared_fields::has_set() const noexcept -> bool {
    return box_ != nullptr && box_->read.load(std::memory_order_acquire) != nullptr;
}

BERTH_DECL auto shared_fields::take_set(shared_fields& equal) const -> void {
    if (has_set() || box_ == nullptr || !equal.has_set() || equal.copies() != 1) return;
    auto set = std::unique_ptr<detail::fields_box::reading const>(equal.box_->read.exchange(nullptr));
    detail::fields_box::reading const* none = nullptr;
    if (box_->read.compare_exchange_strong(none, set.get(), std::memory_order_acq_rel)) (void)set.release();
}

BERTH_DECL auto shared_fields::copies() const noexcept -> std::size_t {
    return box_ == nullptr ? 0 : box_->copies.load(std::memory_order_relaxed);
}

BERTH_DECL auto scalar_traits<shared_fields>::write(shared_fields const& f, std::string& json) -> void {
    if (f.empty()) json += "null";
    else f.append_text(json);
}

BERTH_DECL auto scalar_traits<shared_fields>::read(scalar_token const& token) -> result<shared_fields> {
    if (token.type == scalar_token::kind::null) return shared_fields();
    if (token.type != scalar_token::kind::compound || token.text.empty())
        return fail(error_code::bad_request, "json: cannot unmarshal into Go value of type v1.FieldsV1");
    return shared_fields(std::string(token.text));
}

} // namespace berth::object
