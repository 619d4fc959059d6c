#pragma once

/// \file
/// The bodies of `berth/object/detail/difference.hpp`.

#include <berth/core/config.hpp>
#include <berth/object/detail/difference.hpp>
#include <berth/object/detail/sharing.hpp>
#include <berth/object/detail/type_owner.hpp>
#include <berth/object/detail/values.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

namespace berth::object::detail {

/// Calls `f(type, offset)` for all that a value consists of and that is no record, until it answers false.
template <class F> auto each_leaf(type_info const& t, std::uint32_t at, F& f) -> bool {
    if (t.layout != storage::record) return f(t, at);
    for (auto const& m : t.members)
        if (!each_leaf(*m.of, at + m.offset, f)) return false;
    return t.unknown_at == type_info::no_unknown || f(type_of_unknown(), at + t.unknown_at);
}

/// The type of what lies at an offset in a value and is no record.
inline auto leaf_at(type_info const& whole, std::uint32_t at) -> type_info const& {
    auto const* t = &whole;
    while (t->layout == storage::record) {
        if (at == t->unknown_at) return type_of_unknown();
        auto const* m = t->members.data();
        while (at - m->offset >= m->of->bytes) ++m; // also if it lies before: the difference wraps around
        at -= m->offset;
        t = m->of;
    }
    return *t;
}

/// What the memory begins with. Behind it are the other offsets, the owner of the type if it has one, and
/// then the members.
struct difference::head {
    type_info const* type;
    std::uint32_t count;
    std::uint32_t first_offset;

    [[nodiscard]] auto offset(std::size_t n) -> std::uint32_t& {
        return as<std::uint32_t>(step(&first_offset, n * sizeof(std::uint32_t)));
    }
};

/// Where the next part lies in the memory of a difference.
struct difference::layout {
    using owner = std::shared_ptr<type_owner const>;

    std::size_t at;

    explicit layout(std::size_t count) : at(offsetof(head, first_offset) + count * sizeof(std::uint32_t)) {}

    auto place(std::size_t bytes, std::size_t alignment) -> std::size_t {
        auto const begin = (at + alignment - 1) / alignment * alignment;
        at = begin + bytes;
        return begin;
    }
    auto place(type_info const& t) -> std::size_t { return place(t.bytes, t.alignment); }
    auto place_owner() -> std::size_t { return place(sizeof(owner), alignof(owner)); }
};

BERTH_DECL auto difference::between(type_info const& type, void const* value, void const* other,
                                    std::size_t most) -> difference {
    struct leaf {
        type_info const* of;
        std::uint32_t offset;
    };
    auto found = std::array<leaf, 64>{};
    auto count = std::size_t{0};
    auto compare = [&](type_info const& of, std::uint32_t at) {
        if (is_same(of, step(value, at), step(other, at))) return true;
        if (count == found.size() || of.alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__) return false;
        found[count++] = {&of, at};
        return true;
    };
    if (!each_leaf(type, 0, compare)) return {};

    auto end = layout(count);
    if (type.owner != nullptr) end.place_owner();
    for (std::size_t n = 0; n < count; ++n) end.place(*found[n].of);
    if (end.at > most) return {};

    auto* const raw = ::operator new(std::max(end.at, sizeof(head)));
    auto out = difference();
    out.memory_ = new (raw) head{&type, static_cast<std::uint32_t>(count), 0};
    auto next = layout(count);
    if (type.owner != nullptr)
        new (step(raw, next.place_owner())) layout::owner(type.owner->shared_from_this());
    for (std::size_t n = 0; n < count; ++n) out.memory_->offset(n) = found[n].offset;
    auto made = std::size_t{0};
    try {
        for (; made < count; ++made) {
            auto const& [of, at] = found[made];
            copy(*of, step(raw, next.place(*of)), step(value, at));
        }
    } catch (...) {
        out.free(made);
        throw;
    }
    return out;
}

BERTH_DECL auto difference::put_into(void* value) const -> void {
    auto const& type = *memory_->type;
    auto next = layout(memory_->count);
    if (type.owner != nullptr) next.place_owner();
    for (std::size_t n = 0; n < memory_->count; ++n) {
        auto const at = memory_->offset(n);
        auto const& of = leaf_at(type, at);
        of.assign(step(value, at), step(memory_, next.place(of)));
    }
}

BERTH_DECL auto difference::free(std::size_t made) noexcept -> void {
    auto const& type = *memory_->type;
    auto next = layout(memory_->count);
    auto owner = layout::owner(); // ends after what it describes
    if (type.owner != nullptr) {
        auto& kept = as<layout::owner>(step(memory_, next.place_owner()));
        owner = std::move(kept);
        std::destroy_at(&kept);
    }
    for (std::size_t n = 0; n < made; ++n) {
        auto const& of = leaf_at(type, memory_->offset(n));
        destroy(of, step(memory_, next.place(of)));
    }
    ::operator delete(std::exchange(memory_, nullptr));
}

BERTH_DECL auto difference::free() noexcept -> void { free(memory_->count); }

} // namespace berth::object::detail
