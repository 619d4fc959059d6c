#pragma once

/// \file
/// API objects of any kind behind one shared, immutable handle.

#include <berth/core/config.hpp>
#include <berth/object/detail/sharing.hpp>
#include <berth/object/meta.hpp>

#include <atomic>
#include <memory>

namespace berth::object {

/// The revision of a store; 0 means none. Stores count in it, and `resourceVersion` is its text.
using revision = std::int64_t;

/// Descriptions that were made at run time: objects of their types keep them.
struct type_owner : std::enable_shared_from_this<type_owner> {};

namespace detail {

/// What an `any_object` shares: the object, and its texts once somebody asked for them.
struct object_box {
    struct text_of_revision {
        revision rev;
        std::string text;
        mutable std::atomic<text_of_revision const*> next{nullptr};

        text_of_revision(revision r, std::string t) : rev(r), text(std::move(t)) {}
        text_of_revision(text_of_revision const&) = delete;
        auto operator=(text_of_revision const&) -> text_of_revision& = delete;
        ~text_of_revision() { delete next.load(std::memory_order_acquire); }
    };
    /// A version of an object is told of at the revision that wrote it, and at the one that deleted it.
    static constexpr auto kept_texts = 2;

    type_info const& type;
    void const* object;
    mutable std::atomic<text_of_revision const*> text{nullptr};

    object_box(type_info const& t, void const* o) : type(t), object(o) {}
    object_box(object_box const&) = delete;
    auto operator=(object_box const&) -> object_box& = delete;
    ~object_box() {
        type.destroy(object);
        delete text.load(std::memory_order_acquire);
    }
};

/// An object and the owner of its description, which ends after it.
struct owned_object_box {
    std::shared_ptr<type_owner const> owner;
    object_box box;

    owned_object_box(type_info const& t, void const* o) : owner(t.owner->shared_from_this()), box(t, o) {}
};

} // namespace detail

/// A shared, immutable object of some kind, together with the description of its type. Copying it copies a
/// pointer; to change an object, change a copy of the value (`draft`), which has the lists of the original
/// until it changes them.
class any_object {
public:
    any_object() = default;
    template <kind_type T>
    any_object(T value) : any_object(adopt(type_of<T>(), new T(std::move(value)))) {}
    /// Takes over an object that `type.make` or `type.clone` made.
    [[nodiscard]] static auto adopt(type_info const& type, void* object) -> any_object;

    explicit operator bool() const { return box_ != nullptr; }
    [[nodiscard]] auto type() const -> type_info const& { return box_->type; }
    [[nodiscard]] auto resource() const -> resource_name const& { return *box_->type.resource; }
    [[nodiscard]] auto data() const -> void const* { return box_->object; }
    [[nodiscard]] auto metadata() const -> meta const& {
        return *reinterpret_cast<meta const*>(static_cast<char const*>(data()) + type().metadata);
    }
    /// The object as a `T`, or null if it is of another kind.
    template <kind_type T> [[nodiscard]] auto get_if() const -> T const* {
        return box_ && &type() == &type_of<T>() ? static_cast<T const*>(data()) : nullptr;
    }
    /// The object as a `T`, which it must be.
    template <kind_type T> [[nodiscard]] auto as() const -> T const& {
        return *static_cast<T const*>(data());
    }

    /// The object's text at a revision: what `encode() -> std::string` makes, once per object and not once
    /// per reader. The answer lives as long as the object.
    template <class Encode> [[nodiscard]] auto text(revision rev, Encode encode) const -> std::string const& {
        auto made = std::unique_ptr<detail::object_box::text_of_revision const>();
        auto* place = &box_->text;
        for (auto n = 0; n < detail::object_box::kept_texts; ++n) {
            auto const* known = place->load(std::memory_order_acquire);
            if (known == nullptr) {
                if (!made) made.reset(new detail::object_box::text_of_revision(rev, encode()));
                if (place->compare_exchange_strong(known, made.get(), std::memory_order_acq_rel))
                    return made.release()->text;
            }
            if (known->rev == rev) return known->text;
            place = &known->next;
        }
        return uncached(made ? std::string(made->text) : encode());
    }

    /// The text at a revision, if it is kept; else null.
    [[nodiscard]] auto known_text(revision rev) const -> std::string const* {
        auto const* place = &box_->text;
        while (auto const* const known = place->load(std::memory_order_acquire)) {
            if (known->rev == rev) return &known->text;
            place = &known->next;
        }
        return nullptr;
    }

    /// Whether both are the very same object in memory.
    [[nodiscard]] auto same(any_object const& other) const -> bool { return box_ == other.box_; }
    /// Equal kinds and equal values.
    friend auto operator==(any_object const& a, any_object const& b) -> bool {
        if (a.box_ == b.box_) return true;
        return a.box_ && b.box_ && &a.type() == &b.type() && a.type().equal(a.data(), b.data());
    }

private:
    /// Where an object is asked for at more revisions (which stores never do), further texts are not kept.
    [[nodiscard]] static auto uncached(std::string text) -> std::string const& {
        thread_local auto last = std::string();
        return last = std::move(text);
    }

    std::shared_ptr<detail::object_box const> box_;
};

/// A mutable object of some kind, to become an `any_object`.
class draft {
public:
    /// An empty object.
    explicit draft(type_info const& type) : type_(&type), object_(type.make()) {}
    /// A copy of an object.
    explicit draft(any_object const& from) : type_(&from.type()), object_(from.type().clone(from.data())) {}
    draft(draft&& other) noexcept : type_(other.type_), object_(std::exchange(other.object_, nullptr)) {}
    auto operator=(draft&& other) noexcept -> draft&;
    ~draft() {
        if (object_ != nullptr) type_->destroy(object_);
    }

    [[nodiscard]] auto type() const -> type_info const& { return *type_; }
    [[nodiscard]] auto data() -> void* { return object_; }
    [[nodiscard]] auto data() const -> void const* { return object_; }
    [[nodiscard]] auto metadata() -> meta& {
        return *reinterpret_cast<meta*>(static_cast<char*>(object_) + type_->metadata);
    }
    [[nodiscard]] auto metadata() const -> meta const& { return const_cast<draft*>(this)->metadata(); }
    template <kind_type T> [[nodiscard]] auto as() -> T& { return *static_cast<T*>(object_); }

    /// Takes the lists of another object of the type wherever its own are the same, as they are written too:
    /// both use the memory of one. Linear in the two.
    auto share_with(any_object const& other) -> void {
        if (object_ != nullptr && &other.type() == type_) detail::share_same(*type_, object_, other.data());
    }
    /// The finished object. The draft is empty afterwards.
    [[nodiscard]] auto finish() && -> any_object {
        return any_object::adopt(*type_, std::exchange(object_, nullptr));
    }

private:
    type_info const* type_;
    void* object_;
};

/// An object as a store or an API gave it: the object and the revision of its last write.
struct object_ref {
    any_object object;
    revision rev = 0;

    explicit operator bool() const { return static_cast<bool>(object); }
    auto operator->() const -> any_object const* { return &object; }
    friend auto operator==(object_ref const&, object_ref const&) -> bool = default;
};

/// An object of a known kind with its revision.
template <kind_type T> class stored {
public:
    stored() = default;
    explicit stored(object_ref ref) : ref_(std::move(ref)) {}

    explicit operator bool() const { return static_cast<bool>(ref_); }
    auto operator*() const -> T const& { return ref_.object.as<T>(); }
    auto operator->() const -> T const* { return &ref_.object.as<T>(); }
    [[nodiscard]] auto revision_of() const -> revision { return ref_.rev; }
    [[nodiscard]] auto ref() const -> object_ref const& { return ref_; }

private:
    object_ref ref_;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/any_object.ipp>
#endif
