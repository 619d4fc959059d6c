#pragma once

/// \file
/// The bodies of `berth/kube/core/endpoints/controller/subsets.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/core/endpoints/controller/subsets.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace berth::kube::detail {

/// Subsets taken apart: which addresses have which port.
class subset_parts {
public:
    auto add(endpoint_subset const& s) -> void {
        if (s.ports.empty()) add(s, "", std::nullopt);
        for (auto const& p : s.ports) add(s, key_of(p), p);
    }

    [[nodiscard]] auto packed() const -> object::list<endpoint_subset> {
        auto by_addresses = std::map<readiness, endpoint_subset>();
        for (auto const& [key, part] : ports_) {
            auto& s = by_addresses[part.second];
            if (part.first) s.ports.push_back(*part.first);
        }
        auto sorted = std::map<std::string, endpoint_subset>();
        for (auto& [who, s] : by_addresses) {
            auto key = std::string();
            for (auto const& p : s.ports) key += key_of(p) + ",";
            for (auto const& [name, ready] : who) {
                key += name.first + "/" + name.second + ",";
                (ready ? s.addresses : s.not_ready_addresses).push_back(addresses_.at(name));
            }
            sorted[std::move(key)] = std::move(s);
        }
        auto out = object::list<endpoint_subset>();
        for (auto& [key, s] : sorted) out.push_back(std::move(s));
        return out;
    }

private:
    using address_name = std::pair<std::string, std::string>; ///< the address, and the uid of what has it
    using readiness = std::map<address_name, bool>;

    static auto key_of(endpoint_port const& p) -> std::string {
        return p.name + "|" + std::to_string(p.port) + "|" + p.protocol + "|" +
               (p.app_protocol ? *p.app_protocol : std::string());
    }

    auto add(endpoint_subset const& s, std::string const& key, std::optional<endpoint_port> const& port)
        -> void {
        auto& part = ports_[key];
        part.first = port;
        for (auto const& a : s.addresses) part.second.emplace(name_of(a), true);
        for (auto const& a : s.not_ready_addresses) part.second.insert_or_assign(name_of(a), false);
    }

    auto name_of(endpoint_address const& a) -> address_name {
        auto name = address_name{a.ip, a.target_ref ? a.target_ref->uid : std::string()};
        addresses_.emplace(name, a);
        return name;
    }

    std::map<address_name, endpoint_address> addresses_;
    std::map<std::string, std::pair<std::optional<endpoint_port>, readiness>> ports_;
};

} // namespace berth::kube::detail

namespace berth::kube {

BERTH_DECL auto repacked(object::list<endpoint_subset> const& subsets) -> object::list<endpoint_subset> {
    auto parts = detail::subset_parts();
    for (auto const& s : subsets) parts.add(s);
    return parts.packed();
}

BERTH_DECL auto truncate(object::list<endpoint_subset>& subsets, std::size_t most) -> bool {
    auto ready = std::size_t{0};
    auto unready = std::size_t{0};
    for (auto const& s : subsets) {
        ready += s.addresses.size();
        unready += s.not_ready_addresses.size();
    }
    if (ready + unready <= most) return false;
    auto const too_many_ready = ready > most;
    auto const room = too_many_ready ? most : most - ready;
    auto const all = too_many_ready ? ready : unready;
    auto left = room;
    for (auto& s : subsets) {
        auto& cut = too_many_ready ? s.addresses : s.not_ready_addresses;
        auto const part =
            (cut.size() * room + all - 1) / all; // rounded up, so that the last has what is left
        auto const kept = std::min({part, left, cut.size()});
        cut.erase(cut.begin() + static_cast<std::ptrdiff_t>(kept), cut.end());
        left -= kept;
        if (too_many_ready) s.not_ready_addresses.clear();
    }
    return true;
}

} // namespace berth::kube
