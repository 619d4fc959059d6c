#pragma once

/// \file
/// The files of the openb trace (Alibaba clusterdata, cluster-trace-gpu-v2023) as values: text in,
/// machines and requests or an error with file and line out.

#include "cluster.hpp"

#include <berth/core/error.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace trace {

/// A comma-separated table with a head line; knows where it is for the sake of errors. A byte order mark
/// before the head is passed over.
class table {
public:
    table(std::string file, std::string_view text) : file_(std::move(file)), rest_(text) {
        constexpr auto byte_order_mark = std::string_view("\xEF\xBB\xBF");
        if (rest_.starts_with(byte_order_mark)) rest_.remove_prefix(byte_order_mark.size());
        next();
    }

    /// The column of a name in the head line.
    [[nodiscard]] auto column(std::string_view name) const -> std::optional<std::size_t> {
        for (std::size_t i = 0; i < head_.size(); ++i) {
            if (head_[i] == name) return i;
        }
        return std::nullopt;
    }

    /// Goes to the next line that is not empty; false at the end. The first line is the head.
    auto next() -> bool {
        while (!rest_.empty()) {
            auto const end = std::min(rest_.find('\n'), rest_.size());
            auto line = rest_.substr(0, end);
            rest_.remove_prefix(std::min(end + 1, rest_.size()));
            ++line_;
            if (line.ends_with('\r')) line.remove_suffix(1);
            if (line.empty()) continue;
            cells_ = split(line, ',');
            if (head_.empty()) head_ = cells_;
            return true;
        }
        return false;
    }

    /// The cell of this line in a column; empty where there is none.
    [[nodiscard]] auto cell(std::optional<std::size_t> column) const -> std::string_view {
        return column && *column < cells_.size() ? cells_[*column] : std::string_view{};
    }

    /// The cell as a text. Errors: there is no such column.
    [[nodiscard]] auto text(std::string_view name) const -> berth::result<std::string> {
        auto const at = column(name);
        if (!at) return bad("there is no column " + std::string(name));
        return std::string(cell(at));
    }

    /// The cell as a number that is not negative.
    [[nodiscard]] auto number(std::string_view name) const -> berth::result<std::int64_t> {
        auto const at = column(name);
        if (!at) return bad("there is no column " + std::string(name));
        auto const text = cell(at);
        auto value = std::int64_t{-1};
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || end != text.data() + text.size() || value < 0) {
            return bad(std::string(name) + " is no number: \"" + std::string(text) + '"');
        }
        return value;
    }

    /// An error about this line.
    [[nodiscard]] auto bad(std::string const& what) const -> std::unexpected<berth::error> {
        return berth::fail(berth::error_code::invalid, file_ + ":" + std::to_string(line_) + ": " + what);
    }

    static auto split(std::string_view text, char by) -> std::vector<std::string_view> {
        auto parts = std::vector<std::string_view>{};
        while (true) {
            auto const end = std::min(text.find(by), text.size());
            parts.push_back(text.substr(0, end));
            if (end == text.size()) return parts;
            text.remove_prefix(end + 1);
        }
    }

private:
    std::string file_;
    std::string_view rest_;
    std::size_t line_ = 0;
    std::vector<std::string_view> head_;
    std::vector<std::string_view> cells_;
};

/// Several numbers of a line, or the first error.
template <std::size_t N>
auto numbers(table const& t, std::array<std::string_view, N> const& names)
    -> berth::result<std::array<std::int64_t, N>> {
    auto values = std::array<std::int64_t, N>{};
    for (std::size_t i = 0; i < N; ++i) {
        auto const value = t.number(names[i]);
        if (!value) return std::unexpected(value.error());
        values[i] = *value;
    }
    return values;
}

/// The machines: columns sn, cpu_milli, memory_mib, gpu, model.
inline auto read_machines(std::string const& file, std::string_view text) -> berth::result<cluster> {
    auto out = cluster{};
    auto lines = table(file, text);
    while (lines.next()) {
        auto const values = numbers<3>(lines, {"cpu_milli", "memory_mib", "gpu"});
        if (!values) return std::unexpected(values.error());
        auto name = lines.text("sn");
        if (!name) return std::unexpected(name.error());
        auto const [cpu, memory, gpus] = *values;
        if (gpus > static_cast<std::int64_t>(machine::most_gpus)) return lines.bad("more than 8 gpus");
        auto m = machine{.name = *std::move(name), .cpu_milli = cpu, .memory_mib = memory};
        m.gpus = static_cast<std::size_t>(gpus);
        m.cpu_free = cpu;
        m.memory_free = memory;
        m.gpu_free = m.gpu_milli();
        std::fill_n(m.idle.begin(), m.gpus, whole_gpu);
        auto const model = std::string(lines.cell(lines.column("model")));
        if (m.gpus > 0) {
            auto const known = std::ranges::find(out.models, model);
            m.model = static_cast<std::size_t>(known - out.models.begin());
            if (known == out.models.end()) out.models.push_back(model);
            if (out.models.size() > 63) return lines.bad("more than 62 gpu models");
        }
        out.machines.push_back(std::move(m));
    }
    if (out.machines.empty()) return lines.bad("no machines");
    return out;
}

/// Which models a `gpu_spec` such as "T4|P100" allows; models that no machine has share the last
/// bit.
inline auto models_of(std::string_view spec, std::vector<std::string> const& models) -> std::uint64_t {
    auto bits = std::uint64_t{0};
    if (spec.empty()) return bits;
    for (auto const name : table::split(spec, '|')) {
        auto const known = static_cast<std::size_t>(std::ranges::find(models, name) - models.begin());
        bits |= std::uint64_t{1} << (known < models.size() ? known : 63U);
    }
    return bits;
}

/// The requests: columns name, cpu_milli, memory_mib, num_gpu, gpu_milli and perhaps gpu_spec.
inline auto read_requests(std::string const& file, std::string_view text,
                          std::vector<std::string> const& models) -> berth::result<std::vector<request>> {
    auto out = std::vector<request>{};
    auto lines = table(file, text);
    while (lines.next()) {
        auto const values = numbers<4>(lines, {"cpu_milli", "memory_mib", "num_gpu", "gpu_milli"});
        if (!values) return std::unexpected(values.error());
        auto name = lines.text("name"); // the order of arrival goes by it
        if (!name) return std::unexpected(name.error());
        auto const [cpu, memory, gpus, milli] = *values;
        if (gpus > static_cast<std::int64_t>(machine::most_gpus)) return lines.bad("more than 8 gpus");
        if (milli > whole_gpu || (gpus > 1 && milli != whole_gpu) || (gpus > 0) != (milli > 0)) {
            return lines.bad("gpu_milli must be 1 to 1000 for one gpu, 1000 for more, 0 for none");
        }
        out.push_back({.name = *std::move(name), .cpu_milli = cpu, .memory_mib = memory});
        out.back().gpus = static_cast<std::size_t>(gpus);
        out.back().gpu_milli = static_cast<int>(milli);
        out.back().models = models_of(lines.cell(lines.column("gpu_spec")), models);
    }
    if (out.empty()) return lines.bad("no tasks");
    return out;
}

} // namespace trace
