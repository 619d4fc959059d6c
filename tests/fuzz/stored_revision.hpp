#pragma once

/// \file
/// The decoder of stored revisions on any bytes: what the fuzzer runs, and a plain test over the kept corpus.

#include "must.hpp"

#include <berth/store/detail/stored_revision.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::fuzz {

/// Whether a text lies inside another.
[[nodiscard]] inline auto is_inside(std::string_view part, std::string_view whole) -> bool {
    auto const before = std::less<>{};
    return !before(part.data(), whole.data()) &&
           !before(whole.data() + whole.size(), part.data() + part.size());
}

/// Reads all versions. Each makes sense by itself, whatever the bytes are.
[[nodiscard]] inline auto read_all(store::detail::revision_reader& reader, std::string_view bytes,
                                   store::revision_number mod) -> std::vector<store::detail::stored_version> {
    auto out = std::vector<store::detail::stored_version>{};
    for (auto v = store::detail::stored_version{}; reader.next(v); out.push_back(v)) {
        auto const& n = v.numbers;
        must(!v.key.empty() && is_inside(v.key, bytes) && is_inside(v.value, bytes));
        must(n.mod == mod && n.version >= 0);
        must(n.version == 0 ? n.create == 0 : n.create > 0 && n.create <= mod);
        must(out.size() < bytes.size());
    }
    return out;
}

/// What is read completely is what would be read if it were written anew.
inline auto must_survive(std::vector<store::detail::stored_version> const& versions,
                         store::revision_number mod) -> void {
    using namespace store::detail;
    auto writer = revision_writer{};
    for (auto const& v : versions) writer.add(v);
    auto reader = revision_reader(writer.finish(mod), mod);
    must(reader.is_intact());
    for (auto const& v : versions) {
        auto again = stored_version{};
        must(reader.next(again) && again.key == v.key && again.value == v.value);
        must(again.numbers.create == v.numbers.create && again.numbers.version == v.numbers.version &&
             again.numbers.lease == v.numbers.lease);
    }
    auto none = stored_version{};
    must(!reader.next(none) && reader.is_complete());
}

/// The first two bytes choose the revision. The rest is read as it is, and as if its checksum were right.
inline auto decode_stored_revision(std::string_view input) -> void {
    using namespace store::detail;
    auto small = std::uint16_t{0};
    std::memcpy(&small, input.data(), std::min(input.size(), sizeof small));
    input.remove_prefix(std::min(input.size(), sizeof small));
    auto const mod = store::revision_number{2} + small;
    auto damaged = revision_reader(input, mod);
    if (damaged.is_intact()) static_cast<void>(read_all(damaged, input, mod));
    static_cast<void>(stored_number::read(mod, input));

    auto const sum = checksum(input, mod);
    auto bytes = std::string(sizeof sum, '\0');
    std::memcpy(bytes.data(), &sum, sizeof sum);
    bytes += input;
    auto reader = revision_reader(bytes, mod);
    if (!reader.is_intact()) return must(input.empty());
    auto const versions = read_all(reader, bytes, mod);
    if (reader.is_complete()) must_survive(versions, mod);
}

} // namespace berth::fuzz
