#pragma once

/// \file
/// The bodies of `berth/kube/meta/validation/internal_value.hpp`.

#include <berth/core/config.hpp>
#include <berth/kube/meta/validation/internal_value.hpp>

#include <algorithm>

namespace berth::kube::detail {

BERTH_DECL auto internal_name(std::string_view json) -> std::string {
    constexpr std::pair<std::string_view, std::string_view> special[] = {
        {"apiGroup", "APIGroup"},
        {"apiVersion", "APIVersion"},
        {"dnsConfig", "DNSConfig"},
        {"dnsPolicy", "DNSPolicy"},
        {"grpc", "GRPC"},
        {"httpGet", "HTTPGet"},
        {"httpHeaders", "HTTPHeaders"},
        {"ip", "IP"},
        {"ipMode", "IPMode"},
        {"os", "OS"},
        {"qosClass", "QOSClass"},
        {"tcpSocket", "TCPSocket"},
        {"tty", "TTY"},
        {"uid", "UID"},
        {"gid", "GID"},
        {"gcePersistentDisk", "GCEPersistentDisk"},
        {"awsElasticBlockStore", "AWSElasticBlockStore"},
        {"nfs", "NFS"},
        {"iscsi", "ISCSI"},
        {"rbd", "RBD"},
        {"fc", "FC"},
        {"csi", "CSI"},
        {"cephfs", "CephFS"},
        {"storageos", "StorageOS"},
        {"seLinuxOptions", "SELinuxOptions"},
        {"fsGroup", "FSGroup"},
        {"fsGroupChangePolicy", "FSGroupChangePolicy"},
        {"seLinuxChangePolicy", "SELinuxChangePolicy"},
        {"fsType", "FSType"},
    };
    for (auto const& [from, to] : special)
        if (json == from) return std::string(to);
    auto out = std::string(json);
    if (!out.empty() && out.front() >= 'a' && out.front() <= 'z')
        out.front() = static_cast<char>(out.front() - 'a' + 'A');
    return out;
}

BERTH_DECL auto internal_order(object::type_info const& type) -> std::vector<object::field_info> {
    auto fields = std::vector<object::field_info>(type.fields.begin(), type.fields.end());
    auto const position = [&](std::string_view name) {
        return std::find_if(fields.begin(), fields.end(), [&](auto const& f) { return f.name == name; });
    };
    auto const move_before = [&](std::string_view name, std::string_view other) {
        auto moved = *position(name);
        fields.erase(position(name));
        fields.insert(position(other), std::move(moved));
    };
    if (type.name == "io.k8s.api.core.v1.Volume") {
        move_before("quobyte", "flexVolume");
        move_before("projected", "portworxVolume");
    }
    if (type.name == "io.k8s.api.core.v1.PodSecurityContext") move_before("fsGroupChangePolicy", "sysctls");
    if (type.name == "io.k8s.api.core.v1.PersistentVolumeClaimTemplate") fields.erase(position("metadata"));
    return fields;
}

BERTH_DECL auto append_internal(std::string& out, object::type_info const& type, void const* value) -> void {
    auto const list = type.form == object::shape::list;
    if (list || type.form == object::shape::map) {
        auto const n = type.size(value);
        if (n == 0) {
            out += "null";
            return;
        }
        for (std::size_t i = 0; i < n; ++i) {
            out += i != 0 ? ',' : (list ? '[' : '{');
            if (!list) (out += object::detail::go_json(type.key(value, i))) += ':';
            append_internal(out, type.element(), type.at(value, i));
        }
        out += list ? ']' : '}';
    } else if (type.form == object::shape::optional) {
        if (type.size(value) == 0) out += "null";
        else append_internal(out, type.element(), type.at(value, 0));
    } else if (type.form == object::shape::record && type.name.substr(0, 19) == "io.k8s.apimachinery") {
        object::append_json(out, type, value); // types that have no internal form
    } else if (type.form == object::shape::record) {
        auto first = true;
        for (auto const& f : internal_order(type)) {
            (((out += first ? '{' : ',') += '"') += internal_name(f.name)) += "\":";
            first = false;
            append_internal(out, f.type(), f.in(value));
        }
        out += first ? "{}" : "}";
    } else if (type.form == object::shape::text) {
        out += object::detail::go_json(type.text(value));
    } else {
        object::append_json(out, type, value);
    }
}

} // namespace berth::kube::detail
