#pragma once

/// \file
/// The bodies of `berth/object/shared_fields.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/field_set.hpp>
#include <berth/object/shared_fields.hpp>

#include <atomic>
#include <memory>

namespace berth::object::detail {

/// What all copies share.
struct fields_box {
    /// A set, or that the text is none.
    struct reading {
        bool valid = true;
        field_set set;
    };

    explicit fields_box(std::string t) : text(std::move(t)) {}
    fields_box(fields_box const&) = delete;
    auto operator=(fields_box const&) -> fields_box& = delete;
    ~fields_box() { delete read.load(std::memory_order_acquire); }

    auto get() const -> reading const& {
        if (auto const* const known = read.load(std::memory_order_acquire)) return *known;
        auto decoded = field_set::decode(text);
        auto made = std::make_unique<reading>();
        made->valid = decoded.has_value();
        if (decoded) made->set = *std::move(decoded);
        reading const* first = nullptr;
        if (read.compare_exchange_strong(first, made.get(), std::memory_order_acq_rel))
            return *made.release();
        return *first;
    }

    std::atomic<std::size_t> copies = 1;
    std::string const text;
    mutable std::atomic<reading const*> read = nullptr;
};

} // namespace berth::object::detail

namespace berth::object {

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

BERTH_DECL auto shared_fields::text() const noexcept -> std::string_view {
    return box_ == nullptr ? std::string_view() : std::string_view(box_->text);
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
    json += f.empty() ? std::string_view("null") : f.text();
}

BERTH_DECL auto scalar_traits<shared_fields>::read(scalar_token const& token) -> result<shared_fields> {
    if (token.type == scalar_token::kind::null) return shared_fields();
    if (token.type != scalar_token::kind::compound || token.text.empty())
        return fail(error_code::bad_request, "json: cannot unmarshal into Go value of type v1.FieldsV1");
    return shared_fields(std::string(token.text));
}

} // namespace berth::object
