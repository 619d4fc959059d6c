#pragma once

/// \file
/// Objects that several readers want as JSON, each encoded once.

#include <berth/core/config.hpp>
#include <berth/object/any_object.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace berth::api::http {

/// The texts of objects that were asked for last: an event goes to many watches at about the same time, and a
/// list is asked for again, so what one reader had encoded others need not. The oldest texts go when there
/// are more than so many bytes of them; an object lives as long as its text. Several threads may ask at once.
class text_cache {
public:
    static constexpr auto usual_bytes = std::size_t{32} << 20U;

    /// Holds about so many bytes of text.
    explicit text_cache(std::size_t bytes = usual_bytes) : room_(bytes / shards) {}

    /// An object as `encode` writes it.
    [[nodiscard]] BERTH_DECL auto text(object::object_ref const& ref) -> std::shared_ptr<std::string const>;

    /// How many bytes it holds, with what it needs beside the texts.
    [[nodiscard]] BERTH_DECL auto bytes() const -> std::size_t;

private:
    /// An object is the same as long as it is kept; what it says depends on the revision besides.
    struct place {
        void const* object;
        object::revision rev;

        friend auto operator==(place const&, place const&) -> bool = default;
    };
    /// Its upper bits depend on all of the object's place and of the revision: objects come to lie where
    /// those did that went.
    struct place_hash {
        auto operator()(place const& p) const -> std::size_t {
            auto const rev = static_cast<std::uint64_t>(p.rev) << 32U;
            return (reinterpret_cast<std::uintptr_t>(p.object) ^ rev) * 0x9E3779B97F4A7C15U >> 16U;
        }
    };
    struct entry {
        object::any_object object;
        std::shared_ptr<std::string const> text;

        [[nodiscard]] auto bytes() const -> std::size_t { return text->capacity() + overhead; }
    };
    struct shard {
        mutable std::mutex mutex;
        std::unordered_map<place, entry, place_hash> entries;
        std::deque<place> by_age; ///< the oldest first
        std::size_t bytes = 0;
    };
    static constexpr auto shards = std::size_t{8};
    static constexpr auto overhead = std::size_t{192}; ///< of an entry: its nodes and the text's head

    auto shard_of(place const& p) -> shard& { return shards_[(place_hash()(p) >> 45U) % shards]; }

    std::array<shard, shards> shards_;
    std::size_t room_; ///< of a shard
};

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/text_cache.ipp>
#endif
